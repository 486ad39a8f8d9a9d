package org.nettyglib.ffi;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Function pointers for C code that is given no {@code user_data} by its binding, so that no token can tell the calls apart:
 * each is of one target at a time. They are made when needed, never freed, and used again; there are as many as were in use at
 * the same time. From any thread.
 */
public final class StubPool {
    /** Whom a function pointer calls, with three arguments of the size of a pointer. */
    public interface Target {
        /** On the thread that C calls on. */
        void called(long first, long second, long third);
    }

    /**
     * How many there may be. One takes 0.9 KB of the JVM's code cache, which ends the compilation of Java code when it is
     * full.
     */
    static final int CAPACITY = 65_536;

    private static final ArrayDeque<Stub> spare = new ArrayDeque<>();
    private static int made;

    private StubPool() {}

    /**
     * {@return a function pointer for this target until it is given back, or null if there are too many in use}
     */
    public static @Nullable Stub take(Target target) {
        Stub stub;
        synchronized (spare) {
            stub = spare.poll();
            if (stub == null) {
                if (made == CAPACITY) {
                    return null;
                }
                stub = new Stub();
                made++;
            }
        }
        stub.target = target;
        return stub;
    }

    /** {@return how many were made, for tests that look for leaks} */
    public static int made() {
        synchronized (spare) {
            return made;
        }
    }

    /** {@return how many are in use, for tests that look for leaks} */
    public static int used() {
        synchronized (spare) {
            return made - spare.size();
        }
    }

    /** A function pointer. */
    public static final class Stub {
        private static final MethodType TYPE = MethodType.methodType(void.class, long.class, long.class, long.class);

        private final long address = Upcalls.stub(MethodHandles.lookup(), "called", TYPE, this);
        private volatile @Nullable Target target;

        private Stub() {}

        public MemorySegment pointer() {
            return MemorySegment.ofAddress(address);
        }

        /** C will not call any more. Once. */
        public void giveBack() {
            target = null;
            synchronized (spare) {
                spare.push(this);
            }
        }

        @SuppressWarnings("unused") // the target of the stub
        private void called(long first, long second, long third) {
            try {
                Target current = target;
                if (current != null) {
                    current.called(first, second, third);
                }
            } catch (Throwable t) {
                Upcalls.report(t);
            }
        }
    }
}
