/**
 * GStreamer pipelines and Netty channels: pipelines whose messages arrive on an event loop, samples of an appsink into channels,
 * bytes of a channel into an appsrc, and buffers that go from one to the other without being copied.
 */
@NullMarked
package org.nettyglib.gstreamer;

import org.jspecify.annotations.NullMarked;
