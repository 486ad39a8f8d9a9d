package org.nettyglib.channel;

/** What tests throw: without a stack trace, as Netty logs some of them. */
final class MadeUp {
    private MadeUp() {}

    static final class MadeUpException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MadeUpException() {
            super("made up by a test", null, false, false);
        }
    }

    static final class MadeUpError extends Error {
        private static final long serialVersionUID = 1;

        MadeUpError() {
            super("made up by a test", null, false, false);
        }
    }
}
