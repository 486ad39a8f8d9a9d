package org.nettyglib.channel;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.UUID;

/** The kinds of streams that connect and accept. Most has to hold for each of them. */
public enum StreamKind {
    TCP(GLibSocketChannel.class, GLibServerSocketChannel.class) {
        @Override
        public SocketAddress unusedAddress() {
            return ChannelFixture.ANY_PORT;
        }
    },

    /** A client of TCP by GIO. */
    GIO(GLibIOStreamChannel.class, GLibServerSocketChannel.class) {
        @Override
        public SocketAddress unusedAddress() {
            return ChannelFixture.ANY_PORT;
        }
    },

    UNIX(GLibDomainSocketChannel.class, GLibServerDomainSocketChannel.class) {
        @Override
        public SocketAddress unusedAddress() {
            // Short: a socket takes 107 characters, and s_server of OpenSSL 3.0 only 31. Whoever binds to it deletes
            // it.
            String name =
                    "glib-" + Long.toUnsignedString(UUID.randomUUID().getMostSignificantBits(), Character.MAX_RADIX);
            return new DomainSocketAddress(
                    Path.of(System.getProperty("java.io.tmpdir"), name).toString());
        }
    };

    private final Class<? extends Channel> channel;
    private final Class<? extends ServerChannel> server;

    StreamKind(Class<? extends Channel> channel, Class<? extends ServerChannel> server) {
        this.channel = channel;
        this.server = server;
    }

    public Class<? extends Channel> channel() {
        return channel;
    }

    Class<? extends ServerChannel> server() {
        return server;
    }

    /** What a server can bind to. */
    public abstract SocketAddress unusedAddress();

    /** Sees to it that the end of the input is told: at once, but GIO says nothing while nobody reads. */
    void seeEnd(Channel channel) {
        if (this == GIO) {
            channel.config().setAutoRead(true);
        }
    }

    Listener listen() throws IOException {
        return Listener.at(unusedAddress());
    }
}
