package org.nettyglib.channel;

import io.netty.channel.unix.FileDescriptor;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGioStreams;
import org.nettyglib.ffi.Memory;

/** The directions of a stream of GIO, with their ends. */
final class GioStream implements ByteStream {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(GioStream.class);

    private final GioEndpoint endpoint;
    private volatile boolean inputShut;
    private volatile boolean outputShut;

    GioStream(GioEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** The endpoint has got its stream. */
    void opened() {
        inputShut = endpoint.input() == null;
        outputShut = endpoint.output() == null;
    }

    /** The channel is closed. */
    void closed() {
        inputShut = true;
        outputShut = true;
    }

    private GioInput<?> readable() {
        GioInput<?> input = endpoint.input();
        if (input == null) {
            throw new NotYetConnectedException();
        }
        return input;
    }

    private GioOutput<?> writable() {
        GioOutput<?> output = endpoint.output();
        if (output == null) {
            throw new NotYetConnectedException();
        }
        return output;
    }

    @Override
    public int read(long address, int position, int limit) throws IOException {
        return readable().read(address + position, limit - position);
    }

    @Override
    public int read(ByteBuffer buffer, int position, int limit) throws IOException {
        try {
            return read(addressOf(buffer), position, limit);
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    @Override
    public int write(long address, int position, int limit) throws IOException {
        return writable().write(address + position, limit - position);
    }

    @Override
    public int write(ByteBuffer buffer, int position, int limit) throws IOException {
        try {
            return write(addressOf(buffer), position, limit);
        } finally {
            Reference.reachabilityFence(buffer);
        }
    }

    private static long addressOf(ByteBuffer buffer) {
        return Memory.address(buffer) - buffer.position();
    }

    /** A stream may be more than its descriptor: TLS, for example. */
    @Override
    public @Nullable FileDescriptor output() {
        return null;
    }

    @Override
    public boolean takesSendfile() {
        return false;
    }

    @Override
    public boolean isInputShut() {
        return inputShut;
    }

    @Override
    public boolean isOutputShut() {
        return outputShut;
    }

    /** Whether what the peer has sent before can still be read when the input is shut. */
    boolean isReadToTheEnd() {
        GioSocket socket = endpoint.socket();
        return socket != null && !socket.secured();
    }

    @Override
    public void shutInput() throws IOException {
        if (inputShut) {
            return;
        }
        GioInput<?> input = readable();
        GioSocket socket = endpoint.socket();
        requireLoop(socket);
        inputShut = true;
        if (socket == null) {
            input.close();
            input.whenIdle(() -> closeInput(input.stream()));
        } else if (socket.secured()) {
            // The other side is told nothing: what it sends is not read.
            input.close();
        } else {
            socket.shutdown(true, false);
        }
        closeIfShut();
    }

    /** A direction that has no socket to be shut is closed on a loop. */
    private void requireLoop(@Nullable GioSocket socket) {
        if (socket == null || socket.secured()) {
            endpoint.stay();
        }
    }

    private void closeInput(long stream) {
        if (endpoint.isOpen()) {
            endpoint.closeDirection(
                    (priority, cancellable, callback, userData) ->
                            LibGioStreams.g_input_stream_close_async(stream, priority, cancellable, callback, userData),
                    (source, result, error) -> LibGioStreams.g_input_stream_close_finish(source, result, error) ? 1 : 0,
                    () -> {});
        }
    }

    @Override
    public void shutOutput() throws IOException {
        if (outputShut) {
            return;
        }
        GioOutput<?> output = writable();
        GioSocket socket = endpoint.socket();
        requireLoop(socket);
        outputShut = true;
        if (socket != null && !socket.secured()) {
            socket.shutdown(false, true);
        } else {
            output.whenIdle(() -> closeOutput(output, socket));
        }
        closeIfShut();
    }

    private void closeOutput(GioOutput<?> output, @Nullable GioSocket socket) {
        if (!endpoint.isOpen()) {
            return;
        }
        output.close();
        endpoint.closeDirection(
                (priority, cancellable, callback, userData) -> LibGioStreams.g_output_stream_close_async(
                        output.stream(), priority, cancellable, callback, userData),
                (source, result, error) -> LibGioStreams.g_output_stream_close_finish(source, result, error) ? 1 : 0,
                () -> shutBelow(socket));
    }

    /** TLS has said that nothing follows: now the socket does. */
    private void shutBelow(@Nullable GioSocket socket) {
        if (socket == null || !endpoint.isOpen()) {
            return;
        }
        try {
            socket.shutdown(false, true);
        } catch (IOException | NotYetConnectedException e) {
            logger.debug("The connection was gone before its output was shut.", e);
        }
    }

    /** Nothing would ever be heard of a stream whose directions are closed. A socket is the user's to close. */
    private void closeIfShut() {
        if (inputShut && outputShut && !isReadToTheEnd()) {
            endpoint.closeChannel();
        }
    }
}
