package org.nettyglib.gio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.gnome.gio.IOStream;
import org.gnome.gio.SocketConnection;
import org.javagi.base.GErrorException;

/** What GIO code does with a stream, in blocking calls. Not on the thread of a loop. */
record GioStream(IOStream stream) implements AutoCloseable {
    private static final int CHUNK = 10_000;

    void write(byte[] bytes) throws GErrorException {
        stream.getOutputStream().writeAll(bytes, null, null);
    }

    /** As many bytes as are asked for, or fewer at the end. */
    byte[] read(int count) throws GErrorException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (all.size() < count) {
            byte[] some = stream.getInputStream().readBytes(Math.min(CHUNK, count - all.size()), null);
            if (some.length == 0) {
                break;
            }
            all.writeBytes(some);
        }
        return all.toByteArray();
    }

    byte[] readAll() throws GErrorException {
        return read(Integer.MAX_VALUE);
    }

    /** Writes no more. */
    void shutOutput() throws GErrorException {
        ((SocketConnection) stream).getSocket().shutdown(false, true);
    }

    @Override
    public void close() throws IOException {
        try {
            stream.close(null);
        } catch (GErrorException e) {
            throw new IOException(e);
        }
    }
}
