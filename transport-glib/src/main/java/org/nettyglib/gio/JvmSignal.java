package org.nettyglib.gio;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A {@code sun.misc.Signal} of the module {@code jdk.unsupported}, which is the only way to the JVM's own handling of
 * signals. Its name stands in no source, for the tools of the JDK have a warning for that which nothing switches off. A
 * handler is a {@code sun.misc.SignalHandler}.
 */
final class JvmSignal {
    private static final Class<?> SIGNAL = find("sun.misc.Signal");
    private static final Class<?> HANDLER = find("sun.misc.SignalHandler");

    private static final MethodHandle NEW;
    private static final MethodHandle HANDLE;
    private static final MethodHandle RAISE;
    private static final MethodHandle CALL;

    /** What the system does by default. */
    static final Object DEFAULT;

    /** Nothing is done. */
    static final Object IGNORE;

    static {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            NEW = lookup.findConstructor(SIGNAL, MethodType.methodType(void.class, String.class))
                    .asType(MethodType.methodType(Object.class, String.class));
            HANDLE = lookup.findStatic(SIGNAL, "handle", MethodType.methodType(HANDLER, SIGNAL, HANDLER))
                    .asType(MethodType.methodType(Object.class, Object.class, Object.class));
            RAISE = lookup.findStatic(SIGNAL, "raise", MethodType.methodType(void.class, SIGNAL))
                    .asType(MethodType.methodType(void.class, Object.class));
            CALL = lookup.findVirtual(HANDLER, "handle", MethodType.methodType(void.class, SIGNAL))
                    .asType(MethodType.methodType(void.class, Object.class, Object.class));
            DEFAULT = HANDLER.getField("SIG_DFL").get(null);
            IGNORE = HANDLER.getField("SIG_IGN").get(null);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Object signal;

    /** @param name without SIG */
    JvmSignal(String name) {
        try {
            signal = (Object) NEW.invokeExact(name);
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    private static Class<?> find(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("signals need the module jdk.unsupported of the JDK", e);
        }
    }

    /** A handler that calls back on a thread of its own for each signal. */
    static Object handler(Runnable action) {
        MethodHandle run;
        try {
            run = MethodHandles.lookup()
                    .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                    .bindTo(action);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
        return MethodHandleProxies.asInterfaceInstance(HANDLER, MethodHandles.dropArguments(run, 0, SIGNAL));
    }

    /** Whether a handler is none of Java's. The JDK has no other sign of those. */
    static boolean isNative(Object handler) {
        return handler.toString().startsWith("jdk.internal.misc.Signal$NativeHandler");
    }

    /**
     * Sets the handler.
     *
     * @return the one before
     * @throws IllegalArgumentException if the JVM does not allow it
     */
    Object handle(Object handler) {
        try {
            return (Object) HANDLE.invokeExact(signal, handler);
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    /** Sends it to this process. */
    void raise() {
        try {
            RAISE.invokeExact(signal);
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    /** Calls a handler, on this thread. */
    void call(Object handler) {
        try {
            CALL.invokeExact(handler, signal);
        } catch (Throwable t) {
            throw rethrown(t);
        }
    }

    /** They declare no checked exceptions. */
    private static RuntimeException rethrown(Throwable t) {
        if (t instanceof Error error) {
            throw error;
        }
        return t instanceof RuntimeException exception ? exception : new IllegalStateException(t);
    }
}
