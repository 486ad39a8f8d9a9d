package org.nettyglib.examples.ingest;

import org.jspecify.annotations.Nullable;

/** What is made of the bytes that come in, as a pipeline from {@code in} to {@code file}. */
enum Recipe {
    /** Nothing: the file has the same bytes. */
    PLAIN("bin", "appsrc name=in ! filesink name=file"),

    /** A WebM of VP8 and Opus, without its length and its index, becomes one with both. Nothing is encoded again. */
    WEBM("webm", """
            appsrc name=in ! matroskademux name=streams
            streams.video_0 ! queue ! webm.video_0
            streams.audio_0 ! queue ! webm.audio_0
            webmmux name=webm ! filesink name=file
            """);

    private final String suffix;
    private final String pipeline;

    Recipe(String suffix, String pipeline) {
        this.suffix = suffix;
        this.pipeline = pipeline;
    }

    /** Of a WebSocket's path, or null if there is none. */
    static @Nullable Recipe of(String path) {
        return switch (path) {
            case "/plain" -> PLAIN;
            case "/webm" -> WEBM;
            default -> null;
        };
    }

    String suffix() {
        return suffix;
    }

    String pipeline() {
        return pipeline;
    }
}
