package org.nettyglib.gio;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.ObjectUtil;
import java.io.IOException;
import org.gnome.gio.IOStream;
import org.gnome.gio.Socket;
import org.javagi.base.GErrorException;
import org.nettyglib.channel.GLibDomainSocketChannel;
import org.nettyglib.ffi.Descriptors;
import org.nettyglib.ffi.LibC;
import org.nettyglib.loop.GLibIoHandle;

/**
 * A channel of Netty's as a {@code GIOStream}, for code that is written for GIO:
 *
 * <pre>{@code
 * // In the channel's initializer or handler, so that nothing is read before:
 * ChannelIOStream bridge = ChannelIOStream.of(channel);
 * DataInputStream lines = new DataInputStream(bridge.ioStream().getInputStream());
 * }</pre>
 *
 * <p>The stream is a {@code GSocketConnection}: it can be polled, its operations can be cancelled, it can be the base of a
 * {@code GTlsConnection}, and blocking calls are good on all threads but the loop's. Behind it is a pair of sockets, whose other
 * end is relayed to and from the end of the channel's pipeline, as {@link io.netty.buffer.ByteBuf}s. So data is copied once more
 * than on a socket of GIO's own.
 *
 * <ul>
 *   <li>Who does not read holds the writer at the other end back. The relay decides when the channel reads.
 *   <li>Half-close passes in both directions, if the channel is a {@link io.netty.channel.socket.DuplexChannel}: the channel's
 *       {@link io.netty.channel.ChannelOption#ALLOW_HALF_CLOSURE} is switched on, and GIO shuts its side with
 *       {@code g_socket_shutdown}. (Half of a connection with an {@code SslHandler} is shut without TLS's farewell.)
 *   <li>When GIO closes the stream, what it has written is flushed and the channel is closed.
 *   <li>When the channel is closed, GIO reads what has come before, and then the end. After a failure, an exception in the
 *       pipeline, it reads an error of {@code G_IO_ERROR_CONNECTION_CLOSED} instead, unless it has shut its own side before.
 *   <li>When the loop ends, it closes both.
 * </ul>
 *
 * <p>The stream belongs to GIO's side, which has to close it as any other. All methods may be called from any thread.
 */
public final class ChannelIOStream {
    private final IOStream stream;
    private final ChannelRelay relay;

    private ChannelIOStream(IOStream stream, ChannelRelay relay) {
        this.stream = stream;
        this.relay = relay;
    }

    /**
     * Makes a stream of a channel. What the channel reads from now on goes to the stream, if this is called on the loop's thread;
     * on another, switch {@link io.netty.channel.ChannelOption#AUTO_READ} off before, or what comes meanwhile may be lost.
     *
     * @param channel on a GLib loop, active or to become so; it belongs to the stream from now on
     * @return the stream
     * @throws IOException if no descriptors are left
     * @throws IllegalStateException if the channel is closed or not registered
     * @throws IllegalArgumentException if its loop is no GLib loop
     */
    public static ChannelIOStream of(Channel channel) throws IOException {
        ObjectUtil.checkNotNull(channel, "channel");
        if (!channel.isRegistered() || !channel.isOpen()) {
            throw new IllegalStateException("the channel has to be registered and open: " + channel);
        }
        if (!(channel.eventLoop() instanceof IoEventLoop loop && loop.isCompatible(GLibIoHandle.class))) {
            throw new IllegalArgumentException("the channel has to be on a GLib loop, but its loop is a "
                    + channel.eventLoop().getClass().getName());
        }
        int[] ends = Descriptors.socketPair();
        GLibDomainSocketChannel peer = new GLibDomainSocketChannel(ends[0]);
        Socket socket;
        try {
            socket = Socket.fromFd(ends[1]);
        } catch (GErrorException e) {
            peer.unsafe().closeForcibly();
            LibC.close(ends[1]);
            throw new IOException("no GSocket for one of a pair", e);
        }
        ChannelRelay relay = new ChannelRelay(channel, peer, socket);
        IOStream stream = socket.connectionFactoryCreateConnection();
        relay.start();
        return new ChannelIOStream(stream, relay);
    }

    /** {@return the stream: a {@link org.gnome.gio.SocketConnection}} */
    public IOStream ioStream() {
        return stream;
    }

    /** {@return the channel} */
    public Channel channel() {
        return relay.channel();
    }

    /**
     * The end of the relay: the channel is closed, and all that it has read was taken by GIO or cannot be any more.
     *
     * @return always the same future; it fails with what has broken the channel or the pipeline
     */
    public Future<Void> closeFuture() {
        return relay.closeFuture();
    }

    /**
     * Closes the channel, after which GIO reads the end of the stream. The stream itself is GIO's to close.
     *
     * @return {@link #closeFuture()}
     */
    public Future<Void> close() {
        relay.channel().close();
        return closeFuture();
    }
}
