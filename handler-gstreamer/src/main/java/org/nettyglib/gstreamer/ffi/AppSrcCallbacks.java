package org.nettyglib.gstreamer.ffi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.nettyglib.ffi.Tokens;
import org.nettyglib.ffi.Upcalls;

/** What an appsrc calls: a function pointer for each kind of call, for the life of the JVM, and a token for each appsrc. */
public final class AppSrcCallbacks {
    /** Who puts data into an appsrc. */
    public interface Target {
        /** The queue is empty, or emptier than {@code min-percent}. On a streaming thread, whose lock is not held. */
        void needData();

        /** The queue was full before what is being pushed. On the thread that pushes. */
        void enoughData();
    }

    private static final Tokens<Target> TARGETS = new Tokens<>();

    private static final long NEED_DATA = Upcalls.stub(
            MethodHandles.lookup(), "needData", MethodType.methodType(void.class, long.class, int.class, long.class));
    private static final long ENOUGH_DATA = Upcalls.stub(
            MethodHandles.lookup(), "enoughData", MethodType.methodType(void.class, long.class, long.class));
    private static final long GONE =
            Upcalls.stub(MethodHandles.lookup(), "gone", MethodType.methodType(void.class, long.class));

    private AppSrcCallbacks() {}

    /** Replaces whoever was called before. */
    public static void set(long appsrc, Target target) {
        LibGstAppSrc.gst_app_src_set_callbacks(appsrc, NEED_DATA, ENOUGH_DATA, TARGETS.add(target), GONE);
    }

    /** Nobody is called any more. A call that runs meanwhile comes to its end. */
    public static void clear(long appsrc) {
        LibGstAppSrc.gst_app_src_set_callbacks(appsrc, 0, 0, 0, 0);
    }

    /** {@return how many appsrcs have somebody to call, for tests that look for leaks} */
    public static int targets() {
        return TARGETS.size();
    }

    @SuppressWarnings("unused") // the target of NEED_DATA
    private static void needData(long appsrc, int length, long token) {
        try {
            Target target = TARGETS.get(token);
            if (target != null) {
                target.needData();
            }
        } catch (Throwable t) {
            Upcalls.report(t);
        }
    }

    @SuppressWarnings("unused") // the target of ENOUGH_DATA
    private static void enoughData(long appsrc, long token) {
        try {
            Target target = TARGETS.get(token);
            if (target != null) {
                target.enoughData();
            }
        } catch (Throwable t) {
            Upcalls.report(t);
        }
    }

    @SuppressWarnings("unused") // the target of GONE
    private static void gone(long token) {
        try {
            TARGETS.remove(token);
        } catch (Throwable t) {
            Upcalls.report(t);
        }
    }
}
