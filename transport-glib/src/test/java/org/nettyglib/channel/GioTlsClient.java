package org.nettyglib.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DuplexChannel;
import java.util.Objects;
import org.gnome.gio.IOStream;
import org.gnome.gio.SocketClient;
import org.gnome.gio.TlsClientConnection;

/** A client with TLS of GIO's, whose handshake begins with the first byte that is written. */
final class GioTlsClient {
    private GioTlsClient() {}

    static IOStream connect(Listener server) throws Exception {
        SocketClient client = new SocketClient();
        client.setEnableProxy(false);
        IOStream connection = client.connect(GioAddresses.of(server.address()), null);
        return (IOStream) Objects.requireNonNull(TlsClientConnection.new_(connection, null));
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
