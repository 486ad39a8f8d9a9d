package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Notes the packets that a channel reads. */
class DatagramRecorder extends Recorder {
    /** A packet, with the user event that came just before it if there was one. */
    record Packet(
            Class<?> type,
            byte[] bytes,
            @Nullable SocketAddress sender,
            @Nullable SocketAddress recipient,
            @Nullable GLibTruncatedDatagram truncated) {
        int length() {
            return bytes.length;
        }

        /** The sender of a UDP packet. */
        InetSocketAddress from() {
            return (InetSocketAddress) Objects.requireNonNull(sender);
        }

        /** The recipient of a UDP packet. */
        InetSocketAddress to() {
            return (InetSocketAddress) Objects.requireNonNull(recipient);
        }
    }

    private final List<Packet> packets = new ArrayList<>();
    private @Nullable GLibTruncatedDatagram truncated;

    @Override
    void on(Event event, Channel from, Object detail) throws Exception {
        if (detail instanceof AddressedEnvelope<?, ?> envelope) {
            add(envelope);
        }
        super.on(event, from, detail);
    }

    private synchronized void add(AddressedEnvelope<?, ?> envelope) {
        packets.add(new Packet(
                envelope.getClass(),
                ByteBufUtil.getBytes((ByteBuf) envelope.content()),
                envelope.sender(),
                envelope.recipient(),
                truncated));
        truncated = null;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof GLibTruncatedDatagram datagram) {
            synchronized (this) {
                assertThat(truncated).as("an event without its packet").isNull();
                truncated = datagram;
            }
        }
        super.userEventTriggered(context, event);
    }

    synchronized List<Packet> packets() {
        return List.copyOf(packets);
    }

    /** Waits for that many packets, and sees to it that there are no more. */
    List<Packet> await(int count) throws InterruptedException {
        Await.until(
                () -> packets().size() >= count,
                () -> count + " packets, but there are " + packets().size() + " in " + events());
        List<Packet> all = packets();
        assertThat(all).hasSize(count);
        return all;
    }
}
