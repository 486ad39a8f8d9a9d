package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.stream.Stream;

/** Makes the function pointers that C calls: a handful, for the life of the JVM. */
public final class Upcalls {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(Upcalls.class);

    private Upcalls() {}

    /** Says what an upcall has caught. Nothing leaves here either, for the JVM would end. */
    public static void report(Throwable t) {
        try {
            logger.warn("An exception was thrown in a callback of GLib's main loop; the loop goes on.", t);
        } catch (Throwable ignored) {
            // Not even logging works, as after a stack overflow.
        }
    }

    /**
     * A function pointer for a static method of {@code int} and {@code long}. Nothing may be thrown out of that method: the
     * JVM would end.
     *
     * @param lookup the one of the method's class
     */
    public static long stub(MethodHandles.Lookup lookup, String method, MethodType type) {
        try {
            return stub(lookup.findStatic(lookup.lookupClass(), method, type), type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The same for a method of one object. */
    public static long stub(MethodHandles.Lookup lookup, String method, MethodType type, Object receiver) {
        try {
            return stub(lookup.bind(receiver, method, type), type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no method " + method + " in " + receiver.getClass(), e);
        }
    }

    @SuppressWarnings("restricted")
    private static long stub(MethodHandle target, MethodType type) {
        MemoryLayout[] arguments = Stream.of(type.parameterArray())
                .map(argument -> argument == int.class ? JAVA_INT : JAVA_LONG)
                .toArray(MemoryLayout[]::new);
        FunctionDescriptor descriptor = type.returnType() == void.class
                ? FunctionDescriptor.ofVoid(arguments)
                : FunctionDescriptor.of(JAVA_INT, arguments);
        return Linker.nativeLinker()
                .upcallStub(target, descriptor, Arena.global())
                .address();
    }
}
