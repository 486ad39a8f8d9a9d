package org.nettyglib.examples.live.media;

/** Says in words for the user why there is no picture, and what to do about it. */
public final class MediaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the reason, a whole sentence that is shown as it is
     */
    public MediaException(String message) {
        super(message);
    }
}
