package org.nettyglib.examples.live;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Reads the pictures of a {@code multipart/x-mixed-replace} answer, one after the other, as a browser does. */
final class PartReader implements AutoCloseable {

    private static final String LENGTH = "content-length:";

    private final InputStream in;

    PartReader(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /**
     * Waits for the next picture.
     *
     * @return its bytes
     * @throws EOFException if the stream has ended
     */
    byte[] next() throws IOException {
        int length = -1;
        while (true) {
            String line = line();
            if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Integer.parseInt(line.substring(LENGTH.length()).trim());
            } else if (line.isEmpty() && length >= 0) {
                byte[] picture = in.readNBytes(length);
                if (picture.length < length) {
                    throw new EOFException("The stream ended inside a picture");
                }
                return picture;
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The stream has ended");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
