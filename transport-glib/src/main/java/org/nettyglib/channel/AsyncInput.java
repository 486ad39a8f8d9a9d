package org.nettyglib.channel;

import java.io.IOException;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGio;
import org.nettyglib.ffi.LibGioStreams;
import org.nettyglib.ffi.NativeBuffer;
import org.nettyglib.loop.GLibIoOps;

/** Reads ahead, one buffer at a time and only while somebody wants to read, from a stream that cannot say when it is ready. */
final class AsyncInput extends GioInput<AsyncInterest> {
    private static final int SIZE = 64 * 1024;

    private final GioCall call;
    private @Nullable NativeBuffer buffer;
    private int position;
    private int limit;
    private boolean end;
    private @Nullable GErrorException failure;
    private @Nullable Runnable afterwards;

    AsyncInput(GioEndpoint endpoint, long stream) {
        super(stream);
        call = endpoint.newCall(LibGioStreams::g_input_stream_read_finish, this::done);
    }

    @Override
    AsyncInterest newInterest(LoopStay stay) {
        return new AsyncInterest(stay, GLibIoOps.IN, this::follow);
    }

    private boolean hasNews() {
        return position < limit || end || failure != null;
    }

    private void follow() {
        AsyncInterest interest = interest();
        if (interest == null || call.isUnderWay()) {
            return;
        }
        if (hasNews()) {
            interest.tellLater();
        } else {
            readAhead();
        }
    }

    private void readAhead() {
        NativeBuffer into = buffer;
        if (into == null) {
            into = new NativeBuffer(SIZE);
            buffer = into;
        }
        long address = into.address();
        call.start((priority, cancellable, callback, userData) -> LibGioStreams.g_input_stream_read_async(
                stream(), address, SIZE, priority, cancellable, callback, userData));
    }

    private void done(long read, @Nullable GErrorException error) {
        if (isClosed()) {
            free();
            if (afterwards != null) {
                afterwards.run();
            }
            return;
        }
        if (error != null && LibGio.isCancelled(error) && call.isCancelled()) {
            // The loop that it was begun on has ended, and the channel is on another.
            AsyncInterest interest = interest();
            if (interest != null) {
                interest.update();
            }
            return;
        }
        position = 0;
        limit = (int) Math.max(read, 0);
        failure = error;
        end = error == null && read == 0;
        AsyncInterest interest = interest();
        if (interest != null) {
            interest.tell();
        }
    }

    @Override
    int read(long address, int length) throws IOException {
        if (position < limit && buffer != null) {
            int read = Math.min(length, limit - position);
            buffer.copyTo(position, address, read);
            position += read;
            return read;
        }
        if (failure != null) {
            throw GioErrors.toException(failure);
        }
        return end ? -1 : 0;
    }

    @Override
    void whenIdle(Runnable action) {
        if (call.isUnderWay()) {
            afterwards = action;
        } else {
            action.run();
        }
    }

    @Override
    void close() {
        super.close();
        if (call.isUnderWay()) {
            call.cancel();
        } else {
            free();
        }
    }

    private void free() {
        if (buffer != null) {
            buffer.free();
            buffer = null;
            limit = position;
        }
    }
}
