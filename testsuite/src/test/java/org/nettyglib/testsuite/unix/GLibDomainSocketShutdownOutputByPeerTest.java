package org.nettyglib.testsuite.unix;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.AbstractSocketShutdownOutputByPeerTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.nettyglib.testsuite.DomainAddresses;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

/** The peer is a socket of the JDK. NIO's own server is left out: it has no ALLOW_HALF_CLOSURE. */
class GLibDomainSocketShutdownOutputByPeerTest extends AbstractSocketShutdownOutputByPeerTest<SocketChannel> {

    @Override
    protected List<BootstrapFactory<ServerBootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.nativeServerDomainSocket();
    }

    @Override
    protected SocketAddress newSocketAddress() {
        return DomainAddresses.newPath();
    }

    @Override
    protected SocketChannel newSocket() {
        try {
            return SocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void connect(SocketChannel peer, SocketAddress address) throws IOException {
        peer.connect(UnixDomainSocketAddress.of(((DomainSocketAddress) address).path()));
    }

    @Override
    protected void write(SocketChannel peer, int data) throws IOException {
        peer.write(ByteBuffer.wrap(new byte[] {(byte) data}));
    }

    @Override
    protected void shutdownOutput(SocketChannel peer) throws IOException {
        peer.shutdownOutput();
    }

    @Override
    protected void close(SocketChannel peer) throws IOException {
        peer.close();
    }
}
