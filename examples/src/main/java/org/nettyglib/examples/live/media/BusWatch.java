package org.nettyglib.examples.live.media;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.freedesktop.gstreamer.gst.Bus;
import org.freedesktop.gstreamer.gst.BusFunc;
import org.freedesktop.gstreamer.gst.Message;
import org.freedesktop.gstreamer.gst.State;
import org.gnome.glib.GError;
import org.javagi.base.Out;

/**
 * Puts the messages of a pipeline's bus into words, on the thread that iterates the context on which the watch was added.
 *
 * <p>It replaces java-gi's {@code upcall}, which takes a reference to the bus at each message and never gives it back.
 */
final class BusWatch implements BusFunc {

    private static final InternalLogger logger = InternalLoggerFactory.getInstance(BusWatch.class);

    /** {@code GST_MESSAGE_…}, gstmessage.h. */
    private static final int EOS = 1;

    private static final int ERROR = 1 << 1;
    private static final int WARNING = 1 << 2;
    private static final int INFO = 1 << 3;
    private static final int TAG = 1 << 4;
    private static final int STATE_CHANGED = 1 << 6;
    private static final int STREAM_STATUS = 1 << 13;
    private static final int QOS = 1 << 24;

    /** Several per second and element, with nothing in them for a reader. */
    private static final int CHATTER = TAG | STREAM_STATUS | QOS;

    private final MemorySegment pipeline;
    private final Consumer<BusMessage> consumer;

    BusWatch(MemorySegment pipeline, Consumer<BusMessage> consumer) {
        this.pipeline = pipeline;
        this.consumer = consumer;
    }

    @Override
    public int upcall(MemorySegment bus, MemorySegment message, MemorySegment userData) {
        receive(new Message(message));
        return 1;
    }

    @Override
    public boolean run(Bus bus, Message message) {
        receive(message);
        return true;
    }

    /** Nothing may be thrown from here: it would end the JVM. */
    private void receive(Message message) {
        try {
            MemorySegment handle = message.handle();
            int type = NativeGst.messageType(handle);
            MemorySegment source = NativeGst.messageSource(handle);
            boolean ofAnElement = type == STATE_CHANGED && !source.equals(pipeline);
            if ((type & CHATTER) == 0 && !ofAnElement) {
                consumer.accept(new BusMessage(
                        kind(type),
                        NativeGst.messageTypeName(type),
                        NativeGst.objectName(source),
                        text(type, message)));
            }
        } catch (Throwable e) {
            logger.warn("A message of the pipeline's bus is lost", e);
        }
    }

    private static BusMessage.Kind kind(int type) {
        return switch (type) {
            case EOS -> BusMessage.Kind.END;
            case ERROR -> BusMessage.Kind.ERROR;
            case WARNING -> BusMessage.Kind.WARNING;
            default -> BusMessage.Kind.NOTE;
        };
    }

    private static String text(int type, Message message) {
        Out<GError> error = new Out<>();
        Out<String> debug = new Out<>();
        switch (type) {
            case ERROR -> message.parseError(error, debug);
            case WARNING -> message.parseWarning(error, debug);
            case INFO -> message.parseInfo(error, debug);
            case STATE_CHANGED -> {
                return stateChange(message);
            }
            default -> {
                return "";
            }
        }
        GError cause = error.get();
        String what = cause == null ? "" : cause.readMessage();
        String where = debug.get();
        return where == null || where.isEmpty() ? what : what + "\n" + where;
    }

    private static String stateChange(Message message) {
        Out<State> before = new Out<>();
        Out<State> after = new Out<>();
        message.parseStateChanged(before, after, null);
        return before.get() + " → " + after.get();
    }
}
