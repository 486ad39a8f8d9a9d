package org.nettyglib.benchmarks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nettyglib.benchmarks.process.Sample;
import org.nettyglib.benchmarks.process.UiProcess;

/**
 * What one setting did in one round.
 *
 * @param seconds the length of the window of time
 * @param frames of the window, if there is one
 * @param flood what the load saw, if there was any
 */
public record UiRound(
        double seconds,
        UiProcess.@Nullable Frames frames,
        @Nullable Sample flood) {

    /** Frames and messages, each per second. */
    String summary() {
        String drawn = frames == null ? "–" : String.format(Locale.ROOT, "%.1f", frames.drawn() / seconds);
        String messages = flood == null ? "–" : String.format(Locale.ROOT, "%,.0f", flood.messagesPerSecond());
        return drawn + "/" + messages;
    }
}
