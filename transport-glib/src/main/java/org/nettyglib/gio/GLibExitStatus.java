package org.nettyglib.gio;

import java.util.OptionalInt;

/**
 * How a process has ended: by itself with an exit code, or by a signal.
 *
 * @param waitStatus as waitpid(2) reports it
 * @see <a href="https://man7.org/linux/man-pages/man2/waitpid.2.html">waitpid(2)</a>
 */
public record GLibExitStatus(int waitStatus) {
    // bits/waitstatus.h: WTERMSIG and WEXITSTATUS.
    private static final int SIGNAL_MASK = 0x7F;
    private static final int CODE_SHIFT = 8;
    private static final int CODE_MASK = 0xFF;

    /** {@return whether the process has ended by itself with the exit code 0} */
    public boolean isSuccess() {
        return waitStatus == 0;
    }

    /** {@return the exit code, 0 to 255, if the process has ended by itself} */
    public OptionalInt code() {
        return signalOrZero() == 0 ? OptionalInt.of(waitStatus >> CODE_SHIFT & CODE_MASK) : OptionalInt.empty();
    }

    /** {@return the number of the signal that has ended the process, if one has} */
    public OptionalInt signal() {
        return signalOrZero() == 0 ? OptionalInt.empty() : OptionalInt.of(signalOrZero());
    }

    private int signalOrZero() {
        return waitStatus & SIGNAL_MASK;
    }

    /** Says it in words. */
    @Override
    public String toString() {
        int signal = signalOrZero();
        return signal == 0 ? "exit code " + (waitStatus >> CODE_SHIFT & CODE_MASK) : "ended by signal " + signal;
    }
}
