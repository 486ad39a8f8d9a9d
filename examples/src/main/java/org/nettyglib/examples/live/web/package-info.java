/**
 * The web side: viewers of the picture, listeners to the sound, the page and its WebSocket.
 *
 * <p>Threads: everything runs on the one event loop of the connections, so that there is no lock; only {@link
 * org.nettyglib.examples.live.web.ThreadLedger} may be written from any thread, as its purpose is to show that none does.
 *
 * <p>Hot path: {@link org.nettyglib.examples.live.web.FrameHub#frame} and the encoders, which put a header in front of a picture.
 */
@NullMarked
package org.nettyglib.examples.live.web;

import org.jspecify.annotations.NullMarked;
