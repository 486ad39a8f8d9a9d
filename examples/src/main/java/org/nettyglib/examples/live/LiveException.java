package org.nettyglib.examples.live;

/** Says in words for the user why the demo cannot run, and what to do about it. */
final class LiveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LiveException(String message) {
        super(message);
    }
}
