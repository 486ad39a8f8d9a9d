package org.nettyglib.gstreamer;

/**
 * A user event in the pipeline of a viewer of an {@link AppSinkSource}: it was too slow and has missed frames. It comes before the
 * first frame that is written after them, or before the viewer is closed for being slow.
 *
 * @param frames how many were missed since the last such event
 */
public record FramesDropped(long frames) {}
