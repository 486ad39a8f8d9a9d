package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.stream.Stream;

/** Makes the function pointers of this package: a handful, for the life of the JVM. */
final class Upcalls {
    private Upcalls() {}

    /**
     * A function pointer for a static method of {@code int} and {@code long}. Nothing may be thrown out of that method: the
     * JVM would end.
     *
     * @param lookup the one of the method's class
     */
    @SuppressWarnings("restricted")
    static long stub(MethodHandles.Lookup lookup, String method, MethodType type) {
        MemoryLayout[] arguments = Stream.of(type.parameterArray())
                .map(argument -> argument == int.class ? JAVA_INT : JAVA_LONG)
                .toArray(MemoryLayout[]::new);
        FunctionDescriptor descriptor = type.returnType() == void.class
                ? FunctionDescriptor.ofVoid(arguments)
                : FunctionDescriptor.of(JAVA_INT, arguments);
        try {
            return Linker.nativeLinker()
                    .upcallStub(lookup.findStatic(lookup.lookupClass(), method, type), descriptor, Arena.global())
                    .address();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
