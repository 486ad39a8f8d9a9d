package org.nettyglib.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DuplexChannel;
import java.net.SocketAddress;
import java.util.Objects;
import org.gnome.gio.IOStream;
import org.gnome.gio.TlsClientConnection;

/** A client with TLS of GIO's, whose handshake begins with the first byte that is written. */
final class GioTlsClient {
    private GioTlsClient() {}

    static IOStream connect(SocketAddress server) throws Exception {
        return (IOStream) Objects.requireNonNull(TlsClientConnection.new_(GioAddresses.connect(server), null));
    }

    /** A channel of the stream that reads and forgets. */
    static DuplexChannel register(EventLoopGroup group, IOStream stream) throws InterruptedException {
        return (DuplexChannel) ChannelFixture.channel(new Bootstrap()
                .group(group)
                .handler(new SharedSink())
                .channelFactory(() -> (Channel) new GLibIOStreamChannel(stream))
                .register());
    }
}
