package org.nettyglib.loop;

import io.netty.channel.epoll.Epoll;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import org.gnome.gio.Gio;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGlib;

/**
 * Says whether this transport works here, and why not. All methods may be called from any thread.
 */
public final class GLibTransport {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(GLibTransport.class);
    private static final @Nullable Throwable UNAVAILABILITY_CAUSE = findUnavailabilityCause();

    private GLibTransport() {}

    private static @Nullable Throwable findUnavailabilityCause() {
        try {
            requireVersion(
                    LibGlib.glib_check_version(LibGlib.MIN_MAJOR, LibGlib.MIN_MINOR, 0),
                    LibGlib.MIN_MAJOR + "." + LibGlib.MIN_MINOR);
            loadNettysNatives();
        } catch (Throwable t) {
            return explain(t);
        }
        prepareJavaGi();
        return null;
    }

    static void requireVersion(@Nullable String complaint, String minimum) {
        if (complaint != null) {
            throw new UnsatisfiedLinkError("GLib " + minimum + " or newer is needed. GLib says: " + complaint);
        }
    }

    /** A class of theirs that is touched earlier stays broken. */
    private static void loadNettysNatives() {
        if (!Epoll.isAvailable()) {
            throw unsatisfied(NativeAccess.howToFindNettysNatives(), Epoll.unavailabilityCause());
        }
    }

    private static Throwable explain(Throwable t) {
        Throwable cause = t instanceof ExceptionInInitializerError && t.getCause() != null ? t.getCause() : t;
        return cause instanceof IllegalCallerException ? unsatisfied(NativeAccess.howToAllow(), cause) : cause;
    }

    private static UnsatisfiedLinkError unsatisfied(String message, Throwable cause) {
        UnsatisfiedLinkError error = new UnsatisfiedLinkError(message);
        error.initCause(cause);
        return error;
    }

    private static void prepareJavaGi() {
        try {
            JavaGi.initialize();
        } catch (RuntimeException | LinkageError e) {
            // The transport itself does without.
            logger.warn("java-gi's GObject classes cannot be used: {}", e.getMessage());
        }
    }

    /** {@return whether this transport works here} */
    public static boolean isAvailable() {
        return UNAVAILABILITY_CAUSE == null;
    }

    /** {@return why this transport does not work here, or null if it does} */
    public static @Nullable Throwable unavailabilityCause() {
        return UNAVAILABILITY_CAUSE;
    }

    /**
     * Does nothing if this transport works here.
     *
     * @throws UnsatisfiedLinkError with the reason as its cause and what to do in its message, if it does not
     */
    public static void ensureAvailability() {
        if (UNAVAILABILITY_CAUSE != null) {
            throw unsatisfied(
                    "the GLib transport is not available: " + UNAVAILABILITY_CAUSE.getMessage(), UNAVAILABILITY_CAUSE);
        }
    }

    /**
     * Makes java-gi's GObject, Gio, GStreamer and GTK classes work, also on GLib before 2.76, and initialises its classes of GIO:
     * {@code File.newForPath} fails if it is the first that is called. To be called by a program at its start, before
     * the first of these classes. From any thread, any number of times.
     *
     * @throws IllegalStateException if reflection on java-gi is refused; the message names the flag to pass
     */
    public static void initJavaGi() {
        ensureAvailability();
        JavaGi.initialize();
        Gio.javagi$ensureInitialized();
    }
}
