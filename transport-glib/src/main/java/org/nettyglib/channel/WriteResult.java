package org.nettyglib.channel;

/** How far a write of what was flushed has come. */
enum WriteResult {
    /** Nothing is left. */
    ALL,
    /** The output takes no more now. */
    OUTPUT_FULL,
    /** {@code writeSpinCount} system calls were made. */
    TURN_OVER
}
