package org.nettyglib.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;

/** The other end of a connection: a socket of the JDK's, which does nothing by itself. */
record Peer(Socket socket) implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    Peer {
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ServerSocket listen() throws IOException {
        ServerSocket server = new ServerSocket();
        server.setSoTimeout(TIMEOUT_MILLIS);
        server.bind(ChannelFixture.ANY_PORT);
        return server;
    }

    static Peer accept(ServerSocket server) throws IOException {
        return new Peer(server.accept());
    }

    static Peer connect(SocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(address, TIMEOUT_MILLIS);
        return new Peer(socket);
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    byte[] read(int length) throws IOException {
        return socket.getInputStream().readNBytes(length);
    }

    /** Reads to the end, which has to come. */
    byte[] readAll() throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    /** A FIN. */
    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** A RST. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
