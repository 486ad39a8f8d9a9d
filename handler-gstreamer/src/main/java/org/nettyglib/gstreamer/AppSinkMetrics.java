package org.nettyglib.gstreamer;

/**
 * What an {@link AppSinkSource} has counted since it was built.
 *
 * @param frames     how many frames came from the pipeline
 * @param bytes      how many bytes they had together
 * @param dropped    how many frames viewers have missed for being slow, summed up over all viewers
 * @param viewers    how many viewers there are now
 * @param closedSlow how many viewers were closed for being slow
 */
public record AppSinkMetrics(long frames, long bytes, long dropped, int viewers, long closedSlow) {}
