/**
 * The picture: a GStreamer pipeline whose encoded frames come out on a Netty event loop.
 *
 * <p>Threads: everything here is called on the event loop's thread and calls back on it. The one exception is
 * {@code AppSinkTap#ring}, which GStreamer's streaming thread enters and which does no more than wake the loop.
 *
 * <p>Hot path: {@link org.nettyglib.examples.live.media.AppSinkTap}, once per frame, calls GStreamer without java-gi. All the rest is
 * set-up and uses java-gi.
 */
@NullMarked
package org.nettyglib.examples.live.media;

import org.jspecify.annotations.NullMarked;
