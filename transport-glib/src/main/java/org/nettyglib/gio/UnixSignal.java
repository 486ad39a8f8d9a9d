package org.nettyglib.gio;

/** The signals that a program may listen to, see {@link UnixSignals}. */
public enum UnixSignal {
    /** The terminal was closed; to many servers: read the configuration again. Ends the JVM if nobody listens. */
    HUP(1, true),

    /** Interrupted from the keyboard, as by Ctrl-C. Ends the JVM if nobody listens. */
    INT(2, true),

    /** Asked to end, as by {@code kill} and service managers. Ends the JVM if nobody listens. */
    TERM(15, true),

    /** For the program's own use. Kills the process, without shutdown hooks, if nobody listens. */
    USR1(10, false),

    /**
     * For the program's own use, if the JVM leaves it: HotSpot suspends threads with this signal, unless the environment
     * variable {@code _JAVA_SR_SIGNUM} names another one, such as 40, when the JVM starts.
     */
    USR2(12, false);

    private final int number;
    private final boolean asksForTheEnd;

    UnixSignal(int number, boolean asksForTheEnd) {
        this.number = number;
        this.asksForTheEnd = asksForTheEnd;
    }

    /** {@return the number that Linux gives it} */
    public int number() {
        return number;
    }

    /** Whether a JVM ends in order for it, and runs its shutdown hooks. */
    boolean asksForTheEnd() {
        return asksForTheEnd;
    }

    /** {@return its usual name, such as {@code SIGTERM}} */
    @Override
    public String toString() {
        return "SIG" + name();
    }
}
