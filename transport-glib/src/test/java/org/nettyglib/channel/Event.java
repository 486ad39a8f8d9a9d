package org.nettyglib.channel;

/** What a channel tells its handlers and listeners. */
enum Event {
    ADDED,
    REGISTERED,
    ACTIVE,
    READ,
    READ_COMPLETE,
    INPUT_SHUT,
    INPUT_SHUT_READ_COMPLETE,
    UNWRITABLE,
    WRITABLE,
    EXCEPTION,
    INACTIVE,
    UNREGISTERED,
    REMOVED,

    /** A listener of a connect or bind. */
    OPENED,

    /** A listener of a write. */
    WRITTEN;

    boolean isBeforeActive() {
        return this == ADDED || this == REGISTERED;
    }
}
