/**
 * The channels: Netty's contract of a transport on {@link org.nettyglib.loop.GLibIoHandle}s and
 * {@link org.nettyglib.loop.GLibContextHandle}s.
 *
 * <p>Threads: those of Netty's channels; all I/O happens on the thread of the channel's loop. Hot path: reading, writing
 * and flushing.
 */
@NullMarked
package org.nettyglib.channel;

import org.jspecify.annotations.NullMarked;
