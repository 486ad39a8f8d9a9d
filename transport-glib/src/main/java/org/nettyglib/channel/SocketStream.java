package org.nettyglib.channel;

import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Both directions in one socket. */
record SocketStream(Socket socket) implements ByteStream {
    @Override
    public int read(long address, int position, int limit) throws IOException {
        return socket.recvAddress(address, position, limit);
    }

    @Override
    public int read(ByteBuffer buffer, int position, int limit) throws IOException {
        return socket.recv(buffer, position, limit);
    }

    // send(2), not write(2): a shut peer is EPIPE, not SIGPIPE.

    @Override
    public int write(long address, int position, int limit) throws IOException {
        return socket.sendAddress(address, position, limit);
    }

    @Override
    public int write(ByteBuffer buffer, int position, int limit) throws IOException {
        return socket.send(buffer, position, limit);
    }

    @Override
    public FileDescriptor output() {
        return socket;
    }

    @Override
    public boolean takesSendfile() {
        return SendFile.isAvailable();
    }

    @Override
    public boolean isInputShut() {
        return socket.isInputShutdown();
    }

    @Override
    public boolean isOutputShut() {
        return socket.isOutputShutdown();
    }

    @Override
    public void shutInput() throws IOException {
        socket.shutdown(true, false);
    }

    @Override
    public void shutOutput() throws IOException {
        socket.shutdown(false, true);
    }
}
