package org.nettyglib.loop;

/** How to let this library call native code. */
final class NativeAccess {
    private NativeAccess() {}

    static String moduleName() {
        Module module = NativeAccess.class.getModule();
        return module.isNamed() ? "module " + module.getName() : "the class path";
    }

    /** The flag for how this library was loaded: the one for the other way has no effect. */
    static String flag() {
        Module module = NativeAccess.class.getModule();
        return "--enable-native-access="
                + (module.isNamed()
                        ? module.getName() + ",org.gnome.glib,io.netty.transport.classes.epoll,io.netty.common"
                        : "ALL-UNNAMED");
    }
}
