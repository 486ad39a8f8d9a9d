package org.nettyglib.benchmarks;

import org.nettyglib.benchmarks.process.Contender;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How options with values of our own are read. */
final class Converters {

    private Converters() {}

    static final class Point implements ITypeConverter<EchoPoint> {
        @Override
        public EchoPoint convert(String value) {
            try {
                return EchoPoint.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    static final class Server implements ITypeConverter<Contender> {
        @Override
        public Contender convert(String value) {
            try {
                return Contender.byId(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
