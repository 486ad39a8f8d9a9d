package org.nettyglib.ffi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The {@code GLogWriterFunc} of this process, once {@link #install} has made it so: GLib allows one, and for good.
 *
 * <p>Threads: any, also such as the JVM does not know yet. Nothing that is thrown leaves an upcall. What is logged on a
 * thread that is in here already is written to the standard error by GLib's own means: there is no recursion.
 *
 * @see <a href="https://docs.gtk.org/glib/callback.LogWriterFunc.html">GLogWriterFunc</a>
 */
public final class LogWriter {
    /** Where the messages go. */
    @FunctionalInterface
    public interface Sink {
        /**
         * A message was logged, on the calling thread.
         *
         * @param level {@code GLogLevelFlags}
         * @param fields good during this call
         */
        void write(int level, LogFields fields);
    }

    /** {@code GLogWriterOutput}, {@code glib/gmessages.h}. */
    private static final int G_LOG_WRITER_HANDLED = 1;

    private static final long WRITER = Upcalls.stub(
            MethodHandles.lookup(),
            "write",
            MethodType.methodType(int.class, int.class, long.class, long.class, long.class));

    private static final long FATAL_HANDLER = Upcalls.stub(
            MethodHandles.lookup(),
            "isFatal",
            MethodType.methodType(int.class, long.class, int.class, long.class, long.class));

    private static volatile @Nullable Sink sink;

    private LogWriter() {}

    /**
     * Takes GLib's messages from now on.
     *
     * @return false if the process has another writer, or has this one already
     */
    public static synchronized boolean install(Sink to) {
        if (sink != null) {
            return false;
        }
        // So that the mask is known, see there.
        LibGlibLog.g_log_get_always_fatal();
        sink = to;
        if (!WriterClaim.claim(WRITER)) {
            sink = null;
            return false;
        }
        LibGlibLog.g_test_log_set_fatal_handler(FATAL_HANDLER);
        return true;
    }

    @SuppressWarnings("unused") // the target of WRITER
    private static int write(int level, long fields, long count, long userData) {
        try {
            // GLib leaves it to the writer to end the process for what G_DEBUG or g_log_set_always_fatal() call fatal;
            // its
            // own does so. It also leaves the message on the standard error, should the sink be one that writes later.
            if (!offer(level, new LogFields(fields, count))
                    || (level & LibGlibLog.G_LOG_LEVEL_MASK & LibGlibLog.g_log_get_always_fatal()) != 0) {
                return LibGlibLog.g_log_writer_default(level, fields, count);
            }
        } catch (Throwable ignored) {
            // Whatever leaves here ends the JVM.
        }
        return G_LOG_WRITER_HANDLED;
    }

    private static boolean offer(int level, LogFields fields) {
        Sink to = sink;
        if (to == null) {
            return false;
        }
        try {
            to.write(level, fields);
            return true;
        } catch (Throwable ignored) {
            // A logger that fails: GLib's own writer does not lose the message.
            return false;
        }
    }

    /**
     * GLib takes any message for a fatal one that {@code g_log()} gets while it is at work on another of the same thread.
     * It would be the end of the process if a logger called GLib and GLib had something to say.
     */
    @SuppressWarnings("unused") // the target of FATAL_HANDLER
    private static int isFatal(long domain, int level, long message, long userData) {
        try {
            boolean nested = (level & LibGlibLog.G_LOG_FLAG_RECURSION) != 0;
            return !nested || (level & LibGlibLog.G_LOG_LEVEL_MASK & LibGlibLog.g_log_get_always_fatal()) != 0 ? 1 : 0;
        } catch (Throwable t) {
            return 1;
        }
    }
}
