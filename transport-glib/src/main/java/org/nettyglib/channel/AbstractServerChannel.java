package org.nettyglib.channel;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibIoOps;

/** Listens, and hands the connections that it accepts to its pipeline. */
abstract class AbstractServerChannel extends AbstractGLibChannel implements ServerChannel, UnixChannel {
    final Socket socket;
    private final AddressFamily family;

    /** A new socket, or one that listens already. */
    AbstractServerChannel(Socket socket, AddressFamily family, boolean active) {
        super(null, new DescriptorEndpoint(socket), active, GLibIoOps.NONE);
        this.socket = socket;
        this.family = family;
        if (active) {
            local(family.local(socket));
        }
    }

    @Override
    public final FileDescriptor fd() {
        return socket;
    }

    @Override
    abstract ServerConfig settings();

    /**
     * A channel for an accepted connection.
     *
     * @param address the length of the peer's address, and the address in Netty's form
     */
    abstract Channel newChild(Socket socket, byte[] address);

    @Override
    protected void doBind(SocketAddress address) throws Exception {
        requireResolved(address);
        family.bind(socket, address);
        local(family.bound(socket, address));
        bound(address);
        settings().beforeListen();
        socket.listen(settings().getBacklog());
        activate();
    }

    /** Called between bind and listen. */
    void bound(SocketAddress address) {}

    @Override
    protected final void doWrite(ChannelOutboundBuffer in) {
        throw new UnsupportedOperationException("a server channel writes nothing");
    }

    @Override
    protected final Object filterOutboundMessage(Object message) {
        throw new UnsupportedOperationException("a server channel writes nothing");
    }

    @Override
    protected final GLibUnsafe newUnsafe() {
        return new AcceptUnsafe();
    }

    private final class AcceptUnsafe extends GLibUnsafe {
        /** The longest address in Netty's form, and its length in front. */
        private final byte[] address = new byte[1 + 24];

        private final MessageReader reader = new MessageReader(AbstractServerChannel.this, this, this::accept);

        @Override
        void readReady() {
            reader.read();
        }

        private @Nullable Object accept() throws IOException {
            int fd = socket.accept(address);
            if (fd == -1) {
                return null;
            }
            Socket child = new Socket(fd);
            try {
                return newChild(child, address);
            } catch (RuntimeException e) {
                child.close();
                throw e;
            }
        }
    }
}
