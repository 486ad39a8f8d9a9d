package org.nettyglib.loop;

import io.netty.util.internal.logging.InternalLogLevel;

/**
 * GLib's log levels and what the loggers call them.
 *
 * @see <a href="https://docs.gtk.org/glib/flags.LogLevelFlags.html">GLogLevelFlags</a>
 */
enum LogLevel {
    ERROR(2, InternalLogLevel.ERROR),
    CRITICAL(3, InternalLogLevel.ERROR),
    WARNING(4, InternalLogLevel.WARN),
    MESSAGE(5, InternalLogLevel.INFO),
    INFO(6, InternalLogLevel.INFO),
    DEBUG(7, InternalLogLevel.DEBUG),

    /** From {@code G_LOG_LEVEL_USER_SHIFT} on. */
    USER(8, InternalLogLevel.INFO);

    private static final LogLevel[] ALL = values();

    private final int shift;
    private final InternalLogLevel loggerLevel;

    LogLevel(int shift, InternalLogLevel loggerLevel) {
        this.shift = shift;
        this.loggerLevel = loggerLevel;
    }

    /** The gravest of the levels in {@code GLogLevelFlags}. */
    static LogLevel of(int flags) {
        for (LogLevel level : ALL) {
            if ((flags & 1 << level.shift) != 0) {
                return level;
            }
        }
        return USER;
    }

    InternalLogLevel loggerLevel() {
        return loggerLevel;
    }

    /** The name of this level, with the number that it has if it is one of somebody's own. */
    String nameOf(int flags) {
        return this == USER ? "LOG-0x" + Integer.toHexString(flags & -(1 << shift)) : name();
    }
}
