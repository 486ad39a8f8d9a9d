/**
 * Netty channels and event loops on GLib's main loop.
 */
@org.jspecify.annotations.NullMarked
module org.nettyglib.transport {
    requires transitive io.netty.buffer;
    requires transitive io.netty.common;
    requires transitive io.netty.resolver;
    requires transitive io.netty.transport;
    requires transitive io.netty.transport.unix.common;
    requires transitive org.gnome.glib;
    requires io.netty.transport.classes.epoll;
    requires jdk.unsupported;
    requires static jdk.jfr;
    requires static transitive org.jspecify;

    exports org.nettyglib.channel;
    exports org.nettyglib.ffi to
            org.nettyglib.gstreamer;
    exports org.nettyglib.gio;
    exports org.nettyglib.loop;
    exports org.nettyglib.util to
            org.nettyglib.gstreamer;
}
