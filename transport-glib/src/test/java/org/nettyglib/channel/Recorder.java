package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ServerChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Notes the events of one channel in their order, and how many bytes came with which checksum. The last handler of its
 * pipeline, unless that is a server's, whose events go on to the bootstrap: it releases what it reads. May be asked from any thread.
 */
class Recorder extends Probe {
    private final List<Event> events = new ArrayList<>();
    private final List<Throwable> exceptions = new ArrayList<>();
    private final CRC32 checksum = new CRC32();
    private long bytes;
    private int messages;
    private @Nullable Channel channel;

    @Override
    void on(Event event, Channel from, Object detail) throws Exception {
        note(event, from, detail);
    }

    private synchronized void note(Event event, Channel from, Object detail) {
        channel = from;
        events.add(event);
        if (detail instanceof Throwable exception) {
            exceptions.add(exception);
        }
        if (detail instanceof ByteBuf buf) {
            messages++;
            bytes += buf.readableBytes();
            checksum.update(buf.nioBuffer());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (isServer(context)) {
            super.channelRead(context, message);
            return;
        }
        try {
            on(Event.READ, context.channel(), message);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws Exception {
        if (isServer(context)) {
            super.exceptionCaught(context, cause);
        } else {
            on(Event.EXCEPTION, context.channel(), cause);
        }
    }

    private static boolean isServer(ChannelHandlerContext context) {
        return context.channel() instanceof ServerChannel;
    }

    synchronized int count(Event event) {
        return (int) events.stream().filter(event::equals).count();
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    synchronized List<Throwable> exceptions() {
        return List.copyOf(exceptions);
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized int messages() {
        return messages;
    }

    synchronized long checksum() {
        return checksum.getValue();
    }

    /** The channel, which has told something already. */
    synchronized Channel channel() {
        return Objects.requireNonNull(channel, "no event yet");
    }

    void await(Event event) throws InterruptedException {
        Await.until(() -> count(event) > 0, () -> event + " in " + events());
    }

    void awaitBytes(long expected) throws InterruptedException {
        Await.until(() -> bytes() >= expected, () -> expected + " bytes, but there are " + bytes());
        assertThat(bytes()).isEqualTo(expected);
    }

    /** Waits for the end, and sees to it that it came once and in the right order. */
    void assertClosedOnce() throws InterruptedException {
        await(Event.UNREGISTERED);
        assertThat(count(Event.INACTIVE)).as("INACTIVE").isEqualTo(count(Event.ACTIVE));
        assertThat(count(Event.UNREGISTERED)).as("UNREGISTERED").isEqualTo(1);
        List<Event> all = events();
        assertThat(all.indexOf(Event.INACTIVE)).isLessThan(all.indexOf(Event.UNREGISTERED));
    }
}
