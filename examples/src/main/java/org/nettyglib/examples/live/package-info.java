/**
 * An HTTP server that shows a live GStreamer pipeline, both on one GLib main loop in one thread.
 *
 * <p>{@link org.nettyglib.examples.live.LiveDemo} is the command. {@link org.nettyglib.examples.live.LiveServer} puts the
 * two halves together, which do not know each other: the pipeline in {@code media}, HTTP and WebSockets in {@code web}.
 */
@NullMarked
package org.nettyglib.examples.live;

import org.jspecify.annotations.NullMarked;
