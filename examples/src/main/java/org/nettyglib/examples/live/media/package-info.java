/**
 * The picture: a GStreamer pipeline whose encoded frames and sound come out at an {@link org.nettyglib.examples.live.media.Outlet}.
 *
 * <p>Threads: everything here is called on the event loop's thread and calls back on it.
 */
@NullMarked
package org.nettyglib.examples.live.media;

import org.jspecify.annotations.NullMarked;
