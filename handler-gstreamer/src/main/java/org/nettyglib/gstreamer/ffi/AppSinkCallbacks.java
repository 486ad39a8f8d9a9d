package org.nettyglib.gstreamer.ffi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.Memory;
import org.nettyglib.ffi.NativeBuffer;
import org.nettyglib.ffi.Tokens;
import org.nettyglib.ffi.Upcalls;

/**
 * What an appsink calls: a few function pointers for the life of the JVM, and a token for each appsink.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/applib/gstappsink.html#GstAppSinkCallbacks">GstAppSinkCallbacks</a>
 */
public final class AppSinkCallbacks {
    /** Who is told. Nothing here may wait for others: the stream would stand still. */
    public interface Target {
        /** A sample can be pulled. On the streaming thread. */
        void newSample();

        /** No sample comes after those that can be pulled. On the streaming thread. */
        void endOfStream();
    }

    // GstAppSinkCallbacks { eos, new_preroll, new_sample, new_event, and as many more as to make 7 } of
    // gst/app/gstappsink.h
    private static final int CALLBACKS = 7;
    private static final int EOS = 0;
    private static final int NEW_SAMPLE = 2;

    private static final int FLOW_OK = 0;

    private static final Tokens<Target> TARGETS = new Tokens<>();

    private static final long TELL = callbacks("newSample", "endOfStream");
    private static final long DISCARD = callbacks("discard", null);
    private static final long RELEASED =
            Upcalls.stub(MethodHandles.lookup(), "released", MethodType.methodType(void.class, long.class));

    private AppSinkCallbacks() {}

    private static long callbacks(String newSample, @Nullable String endOfStream) {
        long callbacks = new NativeBuffer(CALLBACKS * Long.BYTES).address();
        for (int i = 0; i < CALLBACKS; i++) {
            Memory.putLong(callbacks + (long) i * Long.BYTES, 0);
        }
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        Memory.putLong(
                callbacks + NEW_SAMPLE * Long.BYTES,
                Upcalls.stub(lookup, newSample, MethodType.methodType(int.class, long.class, long.class)));
        if (endOfStream != null) {
            Memory.putLong(
                    callbacks + EOS * Long.BYTES,
                    Upcalls.stub(lookup, endOfStream, MethodType.methodType(void.class, long.class, long.class)));
        }
        return callbacks;
    }

    /** Tells somebody from now on. He is kept until others are told. */
    public static void tell(long sink, Target target) {
        LibGstAppSink.gst_app_sink_set_callbacks(sink, TELL, TARGETS.add(target), RELEASED);
    }

    /** From now on samples are thrown away. Without anybody who pulls, the stream would stand still or fill the memory. */
    public static void discard(long sink) {
        LibGstAppSink.gst_app_sink_set_callbacks(sink, DISCARD, 0, 0);
        discard(sink, 0);
    }

    /** {@return how many are told, for tests that look for leaks} */
    public static int live() {
        return TARGETS.size();
    }

    // The targets of the stubs.

    @SuppressWarnings("unused")
    private static int newSample(long sink, long token) {
        try {
            @Nullable Target target = TARGETS.get(token);
            if (target != null) {
                target.newSample();
            }
        } catch (Throwable t) {
            Upcalls.report(t);
        }
        return FLOW_OK;
    }

    @SuppressWarnings("unused")
    private static void endOfStream(long sink, long token) {
        try {
            @Nullable Target target = TARGETS.get(token);
            if (target != null) {
                target.endOfStream();
            }
        } catch (Throwable t) {
            Upcalls.report(t);
        }
    }

    @SuppressWarnings("unused")
    private static int discard(long sink, long token) {
        try {
            // All of them: at the end of the stream the appsink waits until it is empty.
            long sample;
            while ((sample = LibGstAppSink.gst_app_sink_try_pull_sample(sink, 0)) != 0) {
                LibGstMiniObject.gst_mini_object_unref(sample);
            }
        } catch (Throwable t) {
            Upcalls.report(t);
        }
        return FLOW_OK;
    }

    @SuppressWarnings("unused")
    private static void released(long token) {
        try {
            TARGETS.remove(token);
        } catch (Throwable t) {
            Upcalls.report(t);
        }
    }
}
