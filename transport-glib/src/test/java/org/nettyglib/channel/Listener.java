package org.nettyglib.channel;

import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server of the JDK's, which accepts only when it is told to. */
record Listener(ServerSocketChannel channel, SocketAddress address) implements AutoCloseable {
    /** Listens at an address that is given as Netty has it. */
    static Listener at(SocketAddress address) throws IOException {
        if (address instanceof DomainSocketAddress unix) {
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            return new Listener(channel.bind(UnixDomainSocketAddress.of(unix.path())), unix);
        }
        ServerSocketChannel channel = ServerSocketChannel.open().bind(address);
        return new Listener(channel, channel.getLocalAddress());
    }

    Peer accept() throws IOException {
        return new Peer(channel.accept());
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (address instanceof DomainSocketAddress unix) {
            Files.deleteIfExists(Path.of(unix.path()));
        }
    }
}
