package org.nettyglib.gstreamer;

import java.util.Arrays;
import java.util.List;
import org.freedesktop.gstreamer.app.GstApp;
import org.freedesktop.gstreamer.audio.GstAudio;
import org.freedesktop.gstreamer.base.GstBase;
import org.freedesktop.gstreamer.gst.Gst;
import org.freedesktop.gstreamer.video.GstVideo;
import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.ffi.GstError;
import org.nettyglib.gstreamer.ffi.LibGst;
import org.nettyglib.loop.GLibTransport;

/**
 * GStreamer as a whole. All methods may be called from any thread.
 *
 * <p>The first call of any starts GStreamer, which reads its list of plug-ins and writes it anew when some have changed. That takes
 * from some milliseconds to some seconds: a program does it at its start, not on an event loop.
 */
public final class GStreamer {
    /** The oldest GStreamer that this is tested with: {@value}.{@value #MIN_MINOR}. */
    private static final int MIN_MAJOR = 1;

    private static final int MIN_MINOR = 22;

    private static boolean javaGiIsInitialised;

    private GStreamer() {}

    /** Starts GStreamer when it is first looked at. */
    private static final class Start {
        static final @Nullable Throwable UNAVAILABILITY_CAUSE = start();

        private Start() {}

        private static @Nullable Throwable start() {
            try {
                GLibTransport.ensureAvailability();
                requireVersion(LibGst.gst_version());
                GstError error = LibGst.gst_init_check();
                return error == null ? null : new UnsatisfiedLinkError("GStreamer does not start: " + error.message());
            } catch (ExceptionInInitializerError e) {
                return e.getCause() == null ? e : e.getCause();
            } catch (Throwable t) {
                return t;
            }
        }
    }

    static void requireVersion(int[] found) {
        if (Arrays.compare(found, new int[] {MIN_MAJOR, MIN_MINOR}) < 0) {
            throw new UnsatisfiedLinkError("GStreamer " + MIN_MAJOR + '.' + MIN_MINOR + " or newer is needed; this is "
                    + found[0] + '.' + found[1] + '.' + found[2]);
        }
    }

    /**
     * Says whether GStreamer can be used here.
     *
     * @return whether its libraries are installed, new enough, and started
     */
    public static boolean isAvailable() {
        return Start.UNAVAILABILITY_CAUSE == null;
    }

    /**
     * Says why GStreamer cannot be used here.
     *
     * @return the reason, or null if it can be used
     */
    public static @Nullable Throwable unavailabilityCause() {
        return Start.UNAVAILABILITY_CAUSE;
    }

    /**
     * Does nothing if GStreamer can be used here. Java-gi's classes may not work yet, see {@link #init()}.
     *
     * @throws UnsatisfiedLinkError with the reason as its cause and what to do in its message, if it cannot be used
     */
    public static void ensureAvailability() {
        Throwable cause = Start.UNAVAILABILITY_CAUSE;
        if (cause != null) {
            UnsatisfiedLinkError error = new UnsatisfiedLinkError("GStreamer is not available: " + cause.getMessage());
            error.initCause(cause);
            throw error;
        }
    }

    /**
     * Starts GStreamer and makes java-gi's classes of it work: to be called before the first of them, any number of times. Only those who
     * use such classes need it.
     *
     * @throws UnsatisfiedLinkError if GStreamer cannot be used here, see {@link #ensureAvailability()}
     * @throws IllegalStateException if reflection on java-gi is refused; the message names the flag to pass
     */
    public static synchronized void init() {
        if (javaGiIsInitialised) {
            return;
        }
        ensureAvailability();
        GLibTransport.initJavaGi();
        // A proxy is of the right class only after the packages which register the classes were initialised. They
        // register types,
        // which comes after GStreamer's own start.
        Gst.javagi$ensureInitialized();
        GstBase.javagi$ensureInitialized();
        GstApp.javagi$ensureInitialized();
        GstVideo.javagi$ensureInitialized();
        GstAudio.javagi$ensureInitialized();
        javaGiIsInitialised = true;
    }

    /**
     * The version of GStreamer.
     *
     * @return for example {@code 1.22.0}
     * @throws UnsatisfiedLinkError if GStreamer cannot be used here
     */
    public static String version() {
        ensureAvailability();
        int[] version = LibGst.gst_version();
        return version[0] + "." + version[1] + '.' + version[2];
    }

    /**
     * Looks for an element.
     *
     * @param factory the name of its factory, as {@code gst-inspect-1.0} has it, for example {@code vp8enc}
     * @return whether it is installed
     * @throws UnsatisfiedLinkError if GStreamer cannot be used here
     */
    public static boolean hasElement(String factory) {
        ensureAvailability();
        long found = LibGst.gst_element_factory_find(factory);
        if (found == 0) {
            return false;
        }
        LibGst.gst_object_unref(found);
        return true;
    }

    /**
     * Does nothing if all these elements are installed.
     *
     * @param factories names of element factories
     * @throws GstMissingElementException if some are not; the message names the packages to install
     * @throws UnsatisfiedLinkError if GStreamer cannot be used here
     */
    public static void requireElements(String... factories) {
        List<String> missing =
                Arrays.stream(factories).filter(factory -> !hasElement(factory)).toList();
        if (!missing.isEmpty()) {
            throw new GstMissingElementException(missing);
        }
    }
}
