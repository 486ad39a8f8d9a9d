package org.nettyglib.loop;

/** How to let this library call native code. */
final class NativeAccess {
    private NativeAccess() {}

    private static boolean isOnModulePath() {
        return NativeAccess.class.getModule().isNamed();
    }

    /** The flag for how this library was loaded: the one for the other way has no effect. */
    private static String flag() {
        return "--enable-native-access="
                + (isOnModulePath() ? "org.nettyglib.transport,org.gnome.glib,io.netty.common" : "ALL-UNNAMED");
    }

    /** What to do when the JVM refuses to call native code from here. */
    static String howToAllow() {
        return "The JVM refuses native access to this library, which is on the "
                + (isOnModulePath() ? "module" : "class") + " path: start it with " + flag();
    }

    /** What to do when Netty's own native library is not found. */
    static String howToFindNettysNatives() {
        String classifier = "linux-" + (System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64");
        String needed = "Netty's native library for epoll could not be loaded: netty-transport-native-epoll with the"
                + " classifier " + classifier + " has to be on the class path";
        return isOnModulePath()
                ? needed + ", or on the module path with --add-modules io.netty.transport.epoll."
                        + classifier.replace('-', '.') + " and " + flag()
                : needed;
    }
}
