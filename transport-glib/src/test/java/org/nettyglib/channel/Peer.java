package org.nettyglib.channel;

import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;

/** The other end of a connection: a blocking socket of the JDK's, which does nothing by itself. */
record Peer(SocketChannel channel) implements AutoCloseable {
    static Peer connect(SocketAddress address) throws IOException {
        return new Peer(SocketChannel.open(
                address instanceof DomainSocketAddress unix ? UnixDomainSocketAddress.of(unix.path()) : address));
    }

    InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    InetSocketAddress remoteAddress() throws IOException {
        return (InetSocketAddress) channel.getRemoteAddress();
    }

    void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    byte[] read(int length) throws IOException {
        return Channels.newInputStream(channel).readNBytes(length);
    }

    /** Reads to the end, which has to come. */
    byte[] readAll() throws IOException {
        return Channels.newInputStream(channel).readAllBytes();
    }

    /** How much can be read at once, of TCP. */
    int available() throws IOException {
        return channel.socket().getInputStream().available();
    }

    /** A FIN. */
    void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    /** A RST of TCP. A Unix domain socket has none; there, a close with something unread is one. */
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
