package org.nettyglib.benchmarks;

import java.util.function.Function;
import org.nettyglib.benchmarks.process.Contender;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How options with values of our own are read. */
final class Converters {

    private Converters() {}

    static final class Point implements ITypeConverter<EchoPoint> {
        @Override
        public EchoPoint convert(String value) {
            return read(value, EchoPoint::parse);
        }
    }

    static final class Packets implements ITypeConverter<UdpPoint> {
        @Override
        public UdpPoint convert(String value) {
            return read(value, UdpPoint::parse);
        }
    }

    static final class Server implements ITypeConverter<Contender> {
        @Override
        public Contender convert(String value) {
            return read(value, Contender::byId);
        }
    }

    static final class Ui implements ITypeConverter<UiSetting> {
        @Override
        public UiSetting convert(String value) {
            return read(value, UiSetting::parse);
        }
    }

    static final class MediaStream implements ITypeConverter<MediaPoint.Stream> {
        @Override
        public MediaPoint.Stream convert(String value) {
            return read(value, MediaPoint.Stream::byId);
        }
    }

    static final class Gio implements ITypeConverter<GioOperation> {
        @Override
        public GioOperation convert(String value) {
            return read(value, GioOperation::byId);
        }
    }

    private static <T> T read(String value, Function<String, T> parser) {
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
