package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The signals that the calling thread blocks, which a child process inherits. The JVM blocks SIGQUIT on all threads but
 * one, and a child could not be ended by it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/pthread_sigmask.3.html">pthread_sigmask(3)</a>
 */
public final class SignalMask {
    // asm-generic/signal.h, the same on x86-64 and aarch64.
    private static final int SIG_UNBLOCK = 1;
    private static final int SIG_SETMASK = 2;
    private static final int SIGQUIT = 3;

    /** {@code bits/types/__sigset_t.h}: 1024 bits. */
    private static final long SIZEOF_SIGSET_T = 128;

    private static final MethodHandle PTHREAD_SIGMASK =
            Bindings.ofLibC().bind("pthread_sigmask", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);

    private SignalMask() {}

    /** What is done with the JVM's signal let through. */
    public interface Action {
        /** Returns an address. */
        long run();
    }

    /**
     * Does something with the mask that a child process should have. A SIGQUIT that this thread gets meanwhile is handled
     * by the JVM as on any other.
     */
    public static long withoutBlocked(Action action) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment before = arena.allocate(SIZEOF_SIGSET_T, Long.BYTES);
            MemorySegment quit = arena.allocate(SIZEOF_SIGSET_T, Long.BYTES);
            quit.set(JAVA_LONG, 0, 1L << (SIGQUIT - 1));
            pthread_sigmask(SIG_UNBLOCK, quit.address(), before.address());
            try {
                return action.run();
            } finally {
                pthread_sigmask(SIG_SETMASK, before.address(), 0);
            }
        }
    }

    /** It fails for a wrong argument only. */
    private static void pthread_sigmask(int how, long set, long oldSet) {
        try {
            int ignored = (int) PTHREAD_SIGMASK.invokeExact(how, set, oldSet);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
