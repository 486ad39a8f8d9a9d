/**
 * GStreamer pipelines and Netty channels, joined without copying.
 */
@org.jspecify.annotations.NullMarked
module org.nettyglib.gstreamer {
    requires transitive io.netty.buffer;
    requires transitive io.netty.common;
    requires transitive io.netty.transport;
    requires transitive org.freedesktop.gstreamer;
    requires transitive org.gnome.glib;
    requires transitive org.nettyglib.transport;
    requires static transitive org.jspecify;

    exports org.nettyglib.gstreamer;
}
