package org.nettyglib.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A pipe whose reading end is watched: it is emptied when it is readable, and then something else is done. */
final class WatchedPipe implements Watch.Listener {
    private final String name;
    private final FileDescriptor reader;
    private final FileDescriptor writer;
    private final List<String> log;
    private final Watch watch;
    private Runnable then = () -> {};
    private boolean emptied = true;
    private boolean closed;

    WatchedPipe(String name, ReadinessBackend backend, List<String> log) {
        this.name = name;
        this.log = log;
        try {
            FileDescriptor[] ends = FileDescriptor.pipe();
            reader = ends[0];
            writer = ends[1];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        watch = backend.watch(reader.intValue(), this);
    }

    Watch watch() {
        return watch;
    }

    /** What to do with each event, after it was logged. */
    WatchedPipe then(Runnable action) {
        then = action;
        return this;
    }

    /** Stays readable. */
    WatchedPipe neverEmptied() {
        emptied = false;
        return this;
    }

    WatchedPipe write() {
        try {
            assertThat(writer.write(ByteBuffer.allocateDirect(1), 0, 1)).isEqualTo(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    void empty() {
        try {
            assertThat(reader.read(ByteBuffer.allocateDirect(64), 0, 64)).isPositive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the writing end. */
    void hangUp() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void ready(int events) {
        log.add(name);
        if (emptied) {
            empty();
        }
        then.run();
    }

    void close() {
        if (!closed) {
            closed = true;
            watch.close();
            hangUp();
            try {
                reader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
