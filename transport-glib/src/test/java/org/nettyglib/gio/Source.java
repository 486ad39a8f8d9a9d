package org.nettyglib.gio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import java.util.Random;
import java.util.zip.CRC32;

/** Writes many bytes as fast as they are taken, then shuts the output. */
final class Source extends ChannelInboundHandlerAdapter {
    private static final int CHUNK = 1 << 16;

    private final int chunks;
    private final Random random = new Random(1);
    private final CRC32 checksum = new CRC32();
    private int next;
    private volatile long written;

    Source(int megabytes) {
        chunks = (megabytes << 20) / CHUNK;
    }

    long total() {
        return (long) chunks * CHUNK;
    }

    /** How much was taken. */
    long written() {
        return written;
    }

    synchronized long checksum() {
        return checksum.getValue();
    }

    /** Waits until nothing more is taken. */
    void awaitStandstill() throws InterruptedException {
        long before = -1;
        while (written == 0 || written != before) {
            before = written;
            Thread.sleep(200);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        write(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        write(context);
        super.channelWritabilityChanged(context);
    }

    private void write(ChannelHandlerContext context) {
        while (next < chunks && context.channel().isWritable()) {
            next++;
            byte[] bytes = new byte[CHUNK];
            random.nextBytes(bytes);
            synchronized (this) {
                checksum.update(bytes);
            }
            ByteBuf chunk = context.alloc().directBuffer(CHUNK).writeBytes(bytes);
            boolean last = next == chunks;
            context.channel().writeAndFlush(chunk).addListener(taken -> {
                if (taken.isSuccess()) {
                    written += CHUNK;
                }
                if (last) {
                    ((DuplexChannel) context.channel()).shutdownOutput();
                }
            });
        }
    }
}
