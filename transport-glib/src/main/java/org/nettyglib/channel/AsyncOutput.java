package org.nettyglib.channel;

import java.io.IOException;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGioStreams;
import org.nettyglib.ffi.NativeBuffer;
import org.nettyglib.loop.GLibIoOps;

/**
 * Takes a bufferful at a time, and writes and flushes it while nothing more is taken, to a stream that cannot say when it
 * is ready. What was taken is written, also if the channel is closed meanwhile.
 */
final class AsyncOutput extends GioOutput<AsyncInterest> {
    private static final int SIZE = 64 * 1024;

    private final GioEndpoint endpoint;
    private final GioCall write;
    private final GioCall flush;
    private @Nullable NativeBuffer buffer;
    private @Nullable Runnable afterwards;

    /** Whether something was written since the last flush began. */
    private boolean unflushed;

    private @Nullable GErrorException failure;

    AsyncOutput(GioEndpoint endpoint, long stream) {
        super(stream);
        this.endpoint = endpoint;
        write = endpoint.newCall(
                (source, result, error) ->
                        LibGioStreams.g_output_stream_write_all_finish(source, result, 0, error) ? 1 : 0,
                this::written);
        flush = endpoint.newCall(
                (source, result, error) -> LibGioStreams.g_output_stream_flush_finish(source, result, error) ? 1 : 0,
                this::flushed);
    }

    @Override
    AsyncInterest newInterest(LoopStay stay) {
        return new AsyncInterest(stay, GLibIoOps.OUT, this::follow);
    }

    private boolean isFull() {
        return write.isUnderWay() || flush.isUnderWay();
    }

    private void follow() {
        AsyncInterest interest = interest();
        if (interest != null && !isFull()) {
            interest.tellLater();
        }
    }

    @Override
    int write(long address, int length) throws IOException {
        if (failure != null) {
            throw GioErrors.toException(failure);
        }
        if (isFull()) {
            return 0;
        }
        NativeBuffer taken = buffer;
        if (taken == null) {
            taken = new NativeBuffer(SIZE);
            buffer = taken;
        }
        int written = Math.min(length, SIZE);
        taken.copyFrom(address, written);
        long from = taken.address();
        write.start((priority, cancellable, callback, userData) -> LibGioStreams.g_output_stream_write_all_async(
                stream(), from, written, priority, cancellable, callback, userData));
        return written;
    }

    private void written(long ignored, @Nullable GErrorException error) {
        if (isOver(error)) {
            return;
        }
        unflushed = true;
        tell();
        flushIfIdle();
    }

    /** Nothing follows for now: what a filter has kept back has to go. */
    private void flushIfIdle() {
        if (unflushed && !isFull() && interest() != null) {
            unflushed = false;
            flush.start((priority, cancellable, callback, userData) ->
                    LibGioStreams.g_output_stream_flush_async(stream(), priority, cancellable, callback, userData));
        }
    }

    @Override
    void attached() {
        flushIfIdle();
    }

    private void flushed(long ignored, @Nullable GErrorException error) {
        if (isOver(error)) {
            return;
        }
        tell();
        if (afterwards != null && !isFull()) {
            afterwards.run();
            afterwards = null;
        }
    }

    private boolean isOver(@Nullable GErrorException error) {
        if (isClosed()) {
            free();
            return true;
        }
        if (error == null) {
            return false;
        }
        failure = error;
        AsyncInterest interest = interest();
        if (interest != null && interest.isWanted()) {
            // The next write fails.
            interest.tell();
        } else {
            endpoint.failed(GioErrors.toException(error));
        }
        return true;
    }

    private void tell() {
        AsyncInterest interest = interest();
        if (interest != null) {
            interest.tell();
        }
    }

    @Override
    void whenIdle(Runnable action) {
        if (isFull() || unflushed) {
            afterwards = action;
        } else {
            action.run();
        }
    }

    @Override
    void close() {
        super.close();
        if (!isFull()) {
            free();
        }
    }

    private void free() {
        if (buffer != null) {
            buffer.free();
            buffer = null;
        }
    }
}
