package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.nettyglib.channel.Await;

/** Collects what one channel reads, as bytes up to a limit and as a checksum beyond. May be asked from any thread. */
final class Received extends SimpleChannelInboundHandler<ByteBuf> {
    private static final int MAX_KEPT = 4 << 20;

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CRC32 checksum = new CRC32();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private long count;

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) throws Exception {
        byte[] bytes = new byte[message.readableBytes()];
        message.readBytes(bytes);
        synchronized (this) {
            count += bytes.length;
            checksum.update(bytes);
            if (kept.size() < MAX_KEPT) {
                kept.write(bytes);
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof ChannelInputShutdownReadComplete) {
            ended.countDown();
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        ended.countDown();
        closed.countDown();
        super.channelInactive(context);
    }

    synchronized long count() {
        return count;
    }

    synchronized long checksum() {
        return checksum.getValue();
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    synchronized byte[] bytes() {
        return kept.toByteArray();
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    void await(String text) throws InterruptedException {
        Await.until(() -> text().contains(text), () -> text + " in: " + text());
    }

    void awaitCount(long expected) throws InterruptedException {
        Await.until(() -> count() >= expected, () -> expected + " bytes, but there are " + count());
    }

    /** Waits until all was read. */
    Received awaitEnd() throws InterruptedException {
        return await(ended, "the end of the input");
    }

    Received awaitClosed() throws InterruptedException {
        return await(closed, "the end of the channel");
    }

    private Received await(CountDownLatch latch, String what) throws InterruptedException {
        assertThat(latch.await(2 * Await.SECONDS, TimeUnit.SECONDS)).as(what).isTrue();
        return this;
    }
}
