package org.nettyglib.ffi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.IntConsumer;

/** What GLib's own sources call, once: a function pointer for each of their two shapes, for the life of the JVM. */
public final class OnceCallbacks {
    private static final Tokens<IntConsumer> TARGETS = new Tokens<>();
    private static final int G_SOURCE_REMOVE = 0;

    private static final long SOURCE_STUB =
            Upcalls.stub(MethodHandles.lookup(), "source", MethodType.methodType(int.class, long.class));
    private static final long CHILD_STUB = Upcalls.stub(
            MethodHandles.lookup(), "child", MethodType.methodType(void.class, int.class, int.class, long.class));

    private OnceCallbacks() {}

    /**
     * Has a {@code GSourceFunc} called, with 0.
     *
     * @return the number to {@link #forget}
     */
    public static long ofSource(long source, IntConsumer target) {
        return set(source, SOURCE_STUB, target);
    }

    /**
     * Has a {@code GChildWatchFunc} called, with the status of waitpid(2).
     *
     * @return the number to {@link #forget}
     */
    public static long ofChildWatch(long source, IntConsumer target) {
        return set(source, CHILD_STUB, target);
    }

    private static long set(long source, long stub, IntConsumer target) {
        long token = TARGETS.add(target);
        LibGlibSources.g_source_set_callback(source, stub, token, 0);
        return token;
    }

    /** The source was destroyed. */
    public static void forget(long token) {
        TARGETS.remove(token);
    }

    /** {@return how many sources have not called, for tests that look for leaks} */
    public static int pending() {
        return TARGETS.size();
    }

    @SuppressWarnings("unused") // the target of SOURCE_STUB
    private static int source(long token) {
        call(token, 0);
        return G_SOURCE_REMOVE;
    }

    @SuppressWarnings("unused") // the target of CHILD_STUB
    private static void child(int pid, int status, long token) {
        call(token, status);
    }

    private static void call(long token, int value) {
        try {
            IntConsumer target = TARGETS.remove(token);
            if (target != null) {
                target.accept(value);
            }
        } catch (Throwable t) {
            Upcalls.report(t);
        }
    }
}
