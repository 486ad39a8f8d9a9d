package org.nettyglib.examples.chat;

/** What a guest notices. */
interface Conversation {

    /** The room has let us in. */
    void entered();

    /** The room has told us something. */
    void told(Note note);

    /** The connection has ended, or there was none; the last to be called. */
    void ended(String why);
}
