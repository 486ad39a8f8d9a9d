package org.nettyglib.benchmarks;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.gio.GioPeer;

/** Who does the operations, in the order of the tables. */
enum GioContender {
    OWN("this, raw bindings", true, GioPeer.OWN, Long.MAX_VALUE),
    FUTURES("this, GioFutures over java-gi", true, GioPeer.FUTURES, Long.MAX_VALUE),
    PLAIN("java-gi, plain callbacks", true, GioPeer.PLAIN, 2_000),
    C("C on GIO", false, null, Long.MAX_VALUE),
    C_POLLABLE("C on GIO, the streams' sources", false, "pollable", Long.MAX_VALUE);

    private final String title;
    private final boolean java;
    private final @Nullable String argument;
    private final long mostInWindow;

    GioContender(String title, boolean java, @Nullable String argument, long mostInWindow) {
        this.title = title;
        this.java = java;
        this.argument = argument;
        this.mostInWindow = mostInWindow;
    }

    /** The name in the tables. */
    String title() {
        return title;
    }

    /** Whether it runs on the JVM and has to get warm. */
    boolean isJava() {
        return java;
    }

    /** What its program is told beside the operation. */
    Optional<String> argument() {
        return Optional.ofNullable(argument);
    }

    /**
     * How many operations a window has at most. Each plain callback of java-gi costs code cache for good, some 0.9 KB, so that a process
     * has to make do with less than 100,000.
     */
    long mostInWindow() {
        return mostInWindow;
    }
}
