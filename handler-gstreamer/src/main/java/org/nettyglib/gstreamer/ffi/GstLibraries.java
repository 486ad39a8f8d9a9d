package org.nettyglib.gstreamer.ffi;

import io.netty.util.internal.SystemPropertyUtil;
import org.nettyglib.ffi.Bindings;

/** The shared libraries of GStreamer. */
public final class GstLibraries {
    /** Names another core library than the system's own: a library name that the dynamic linker finds, or a path. */
    public static final String LIBRARY_PROPERTY = "org.nettyglib.gstreamer.library";

    /** The core. */
    static final Bindings GSTREAMER = Bindings.of(
            SystemPropertyUtil.get(LIBRARY_PROPERTY, "libgstreamer-1.0.so.0"),
            "install GStreamer 1.22 or newer (Debian, Ubuntu: libgstreamer1.0-0; Fedora: gstreamer1; Alpine: gstreamer)");

    /** Appsink and appsrc. */
    static final Bindings APP = Bindings.of(
            "libgstapp-1.0.so.0",
            "install GStreamer's base plug-ins 1.22 or newer (Debian, Ubuntu: libgstreamer-plugins-base1.0-0; Fedora:"
                    + " gstreamer1-plugins-base; Alpine: gst-plugins-base)");

    private GstLibraries() {}
}
