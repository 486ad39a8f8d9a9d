package org.nettyglib.examples.live.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The page's files, read once. */
final class PageFiles {

    /**
     * A file of the page.
     *
     * @param type its media type
     * @param content its bytes, never changed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record PageFile(String type, byte[] content) {}

    private final Map<String, PageFile> files = Map.of(
            "/", read("index.html", "text/html; charset=utf-8"),
            "/live.css", read("live.css", "text/css; charset=utf-8"),
            "/live.js", read("live.js", "text/javascript; charset=utf-8"));

    @Nullable PageFile get(String path) {
        return files.get(path);
    }

    private static PageFile read(String name, String type) {
        try (InputStream in = PageFiles.class.getResourceAsStream("/live/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The page's file " + name + " is not in the jar");
            }
            return new PageFile(type, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
