package org.nettyglib.gstreamer;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.Bindings;
import org.nettyglib.ffi.CStrings;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.ffi.Memory;
import org.nettyglib.gstreamer.ffi.LibGstAppSrc;
import org.nettyglib.gstreamer.ffi.LibGstMiniObject;

/** A pipeline without a loop and without proxies, whose bus is read by the test's thread. */
final class RawPipeline implements AutoCloseable {
    static final int NULL = 1;
    static final int READY = 2;
    static final int PAUSED = 3;
    static final int PLAYING = 4;

    static final int EOS = 1;
    static final int ERROR = 1 << 1;
    static final int WARNING = 1 << 2;

    private static final Bindings LIBRARY = Bindings.of("libgstreamer-1.0.so.0", "install GStreamer");
    private static final Bindings APP = Bindings.of("libgstapp-1.0.so.0", "install GStreamer's base plug-ins");
    private static final MethodHandle PARSE = LIBRARY.bind("gst_parse_launch", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SET_STATE = LIBRARY.bind("gst_element_set_state", JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle BY_NAME = LIBRARY.bind("gst_bin_get_by_name", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GET_BUS = LIBRARY.bind("gst_element_get_bus", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle POP =
            LIBRARY.bind("gst_bus_timed_pop_filtered", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle PARSE_ERROR =
            LIBRARY.bindVoid("gst_message_parse_error", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PARSE_WARNING =
            LIBRARY.bindVoid("gst_message_parse_warning", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle PULL = APP.bind("gst_app_sink_try_pull_sample", JAVA_LONG, JAVA_LONG, JAVA_LONG);

    /** Of {@code struct _GstMessage} in {@code gst/gstmessage.h}, after its GstMiniObject. */
    private static final long MESSAGE_TYPE = 64;

    /** Of {@code struct _GError}, after the domain and the code. */
    private static final long ERROR_TEXT = 8;

    private final long pipeline;
    private final long bus;

    private RawPipeline(long pipeline, long bus) {
        this.pipeline = pipeline;
        this.bus = bus;
    }

    static RawPipeline parse(String description) {
        GStreamer.init();
        try (Arena arena = Arena.ofConfined()) {
            long pipeline =
                    (long) PARSE.invokeExact(arena.allocateFrom(description).address(), 0L);
            assertThat(pipeline).as(description).isNotZero();
            return new RawPipeline(pipeline, (long) GET_BUS.invokeExact(pipeline));
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** {@return an element with a reference of the caller's} */
    long element(String name) {
        try (Arena arena = Arena.ofConfined()) {
            long element = (long)
                    BY_NAME.invokeExact(pipeline, arena.allocateFrom(name).address());
            assertThat(element).as(name).isNotZero();
            return element;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** Sets a property of an element. */
    void set(String name, String property, String value) {
        long element = element(name);
        LibGstAppSrc.gst_util_set_object_arg(element, property, value);
        LibGobject.g_object_unref(element);
    }

    /** A builder for an appsrc. */
    AppSrcHandler.Builder handler(String name) {
        return AppSrcHandler.builder(() -> element(name));
    }

    RawPipeline state(int state) {
        try {
            assertThat((int) SET_STATE.invokeExact(pipeline, state))
                    .as("state change")
                    .isNotZero();
            return this;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    RawPipeline play() {
        return state(PLAYING);
    }

    /** Waits for the end of the stream, which has to come without an error. */
    void awaitEos() {
        assertThat(await(EOS | ERROR)).isEqualTo("EOS");
    }

    /** {@return what the next message says of those that are wanted; text and debug text of an error or warning} */
    String await(int types) {
        long message = pop(types, TimeUnit.SECONDS.toNanos(Await.SECONDS));
        assertThat(message).as("message within " + Await.SECONDS + " s").isNotZero();
        try {
            int type = Memory.getInt(message + MESSAGE_TYPE);
            return switch (type) {
                case EOS -> "EOS";
                case ERROR -> "ERROR " + text(message, PARSE_ERROR);
                case WARNING -> "WARNING " + text(message, PARSE_WARNING);
                default -> "type " + type;
            };
        } finally {
            LibGstMiniObject.gst_mini_object_unref(message);
        }
    }

    /** Whether one of the messages has come. */
    boolean has(int types) {
        long message = pop(types, 0);
        if (message != 0) {
            LibGstMiniObject.gst_mini_object_unref(message);
        }
        return message != 0;
    }

    private long pop(int types, long nanos) {
        try {
            return (long) POP.invokeExact(bus, nanos, types);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static String text(long message, MethodHandle parse) {
        try (Arena arena = Arena.ofConfined()) {
            long results = arena.allocate(JAVA_LONG, 2).address();
            parse.invokeExact(message, results, results + JAVA_LONG.byteSize());
            String text = Memory.getString(Memory.getLong(Memory.getLong(results) + ERROR_TEXT));
            // The GError is not freed: it is a test.
            return text + " | " + CStrings.take(Memory.getLong(results + JAVA_LONG.byteSize()));
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /** {@return the next sample of an appsink, which is the caller's, or 0 at the end of the stream} */
    static long pull(long appsink) {
        try {
            return (long) PULL.invokeExact(appsink, TimeUnit.SECONDS.toNanos(Await.SECONDS));
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    @Override
    public void close() {
        state(NULL);
        LibGobject.g_object_unref(bus);
        LibGobject.g_object_unref(pipeline);
    }
}
