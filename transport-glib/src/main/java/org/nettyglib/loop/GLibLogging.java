package org.nettyglib.loop;

import io.netty.util.internal.logging.InternalLogLevel;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LogFields;
import org.nettyglib.ffi.LogWriter;

/**
 * GLib's log messages (those of GLib, GObject, GIO, GTK and all that log by {@code g_log()} or {@code g_log_structured()}:
 * {@code g_warning()}, {@code g_critical()}, {@code g_return_if_fail()}…) through Netty's {@link InternalLogger}, that is,
 * where the program's other messages go. Opt-in: nothing happens before {@link #install()}.
 *
 * <p>The logger of a message is named {@code glib.}<i>domain</i>, such as {@code glib.GLib-GObject} or {@code glib.Gtk},
 * and {@code glib} for a message without a domain. GLib's levels become the logger's, and GLib's own name stands
 * before the text:
 *
 * <table>
 * <caption>Levels</caption>
 * <tr><th>GLib</th><th>logger</th><th>text</th></tr>
 * <tr><td>{@code G_LOG_LEVEL_ERROR}</td><td>error</td><td>{@code ERROR: …}</td></tr>
 * <tr><td>{@code G_LOG_LEVEL_CRITICAL}</td><td>error</td><td>{@code CRITICAL: …}</td></tr>
 * <tr><td>{@code G_LOG_LEVEL_WARNING}</td><td>warn</td><td>{@code WARNING: …}</td></tr>
 * <tr><td>{@code G_LOG_LEVEL_MESSAGE}</td><td>info</td><td>{@code MESSAGE: …}</td></tr>
 * <tr><td>{@code G_LOG_LEVEL_INFO}</td><td>info</td><td>{@code INFO: …}</td></tr>
 * <tr><td>{@code G_LOG_LEVEL_DEBUG}</td><td>debug</td><td>{@code DEBUG: …}</td></tr>
 * <tr><td>a level of somebody's own</td><td>info</td><td>{@code LOG-0x…: …}</td></tr>
 * </table>
 *
 * <p>The text is GLib's, byte for byte; bytes that are no UTF-8 become U+FFFD.
 *
 * <ul>
 * <li>The logger's level alone decides what is written. {@code G_MESSAGES_DEBUG} and {@code g_log_set_debug_enabled()} do
 *     not any more, except where a library asks {@code g_log_writer_default_would_drop()} before it logs. GLib formats
 *     a message before it asks anybody; when the logger's level is off, its text is not decoded.
 * <li>A fatal message (any of level ERROR, and what {@code G_DEBUG=fatal-criticals} and the like make fatal) is
 *     logged, then written by GLib's own writer to the standard error or the journal as well, for a logger may write late,
 *     and then GLib ends the process as always.
 * <li>Messages are logged on the thread that they come from, which may be one that Java did not know. A logger that throws
 *     leaves the message to GLib's own writer. If a logger calls GLib and GLib logs meanwhile, that inner message goes
 *     to the standard error, raw, and the program goes on (for GLib it is fatal; a handler by
 *     {@code g_test_log_set_fatal_handler()} says that it is not).
 * <li>A program that has handlers of its own for {@code g_log()} (by {@code g_log_set_handler()} or
 *     {@code g_log_set_default_handler()}) keeps them: what they take does not come here. {@code g_print()} and
 *     {@code g_printerr()} are a program's output and no log; they stay as they are, as does {@code GST_DEBUG}, which is
 *     GStreamer's own.
 * <li>What is logged when the JVM is gone already, by a function that a library has registered with {@code atexit()}, finds
 *     no logger and aborts the process. GLib knows no way back from a writer.
 * </ul>
 *
 * <p>It is done by {@code g_log_set_writer_func()}, because both of GLib's interfaces end there: {@code g_log()}'s default
 * handler passes its messages on to the writer, while a handler in place of that one would see nothing of
 * {@code g_log_structured()}.
 *
 * @see <a href="https://docs.gtk.org/glib/logging.html">GLib's message logging</a>
 */
public final class GLibLogging {
    private static final String ROOT = "glib";

    /** More domains than that, and somebody makes them up as he goes: those get a logger for each message. */
    private static final int MAX_LOGGERS = 256;

    /** By domain. */
    private static final Map<String, InternalLogger> LOGGERS = new ConcurrentHashMap<>();

    private static boolean installed;

    private GLibLogging() {}

    /**
     * Sends GLib's log messages to Netty's loggers from now on, for the life of the process: GLib has no way back. Nothing
     * happens the second time. May be called from any thread, best before GLib has something to say: before the first
     * {@link GLibEventLoopGroup} or the start of GTK.
     *
     * @throws IllegalStateException if another part of the program has called {@code g_log_set_writer_func()}, which GLib
     *     allows once per process: that writer stays
     * @throws UnsatisfiedLinkError if this transport does not work here, see {@link GLibTransport#ensureAvailability()}
     */
    public static synchronized void install() {
        if (installed) {
            return;
        }
        GLibTransport.ensureAvailability();
        if (!LogWriter.install(GLibLogging::write)) {
            throw new IllegalStateException(
                    "GLib's log messages already have a writer in this process, and GLib allows one,"
                            + " once: find who calls g_log_set_writer_func() (GLib.logSetWriterFunc() in java-gi), and leave it"
                            + " to GLibLogging.install()");
        }
        installed = true;
    }

    /** {@return whether GLib's log messages go to Netty's loggers} */
    public static synchronized boolean isInstalled() {
        return installed;
    }

    private static void write(int level, LogFields fields) {
        LogLevel glibLevel = LogLevel.of(level);
        InternalLogger logger = logger(fields.domain());
        InternalLogLevel loggerLevel = glibLevel.loggerLevel();
        if (logger.isEnabled(loggerLevel)) {
            // One string, so that nothing in it is taken for a place to fill in.
            logger.log(loggerLevel, glibLevel.nameOf(level) + ": " + Objects.requireNonNullElse(fields.message(), ""));
        }
    }

    private static InternalLogger logger(@Nullable String domain) {
        String key = domain == null ? "" : domain;
        InternalLogger known = LOGGERS.get(key);
        if (known != null) {
            return known;
        }
        InternalLogger logger = InternalLoggerFactory.getInstance(key.isEmpty() ? ROOT : ROOT + '.' + key);
        if (LOGGERS.size() < MAX_LOGGERS) {
            LOGGERS.put(key, logger);
        }
        return logger;
    }
}
