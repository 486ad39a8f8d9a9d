package org.nettyglib.examples.live.media;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.nettyglib.gstreamer.AppSinkSource;
import org.nettyglib.gstreamer.GstBusMessage;

/** Counts what comes, and what of it comes on another thread than the loop's. */
final class Counting implements Outlet {

    final AtomicInteger frames = new AtomicInteger();
    final AtomicInteger samples = new AtomicInteger();
    final AtomicInteger messages = new AtomicInteger();
    final AtomicInteger strangers = new AtomicInteger();
    final CompletableFuture<GstBusMessage> end = new CompletableFuture<>();

    private final EventLoop loop;

    Counting(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public void pictures(AppSinkSource.Builder jpegs) {
        jpegs.build().listen(loop, frame -> count(frames, 1));
    }

    @Override
    public void sound(AppSinkSource.Builder blocks) {
        blocks.build().listen(loop, block -> count(samples, block.content().readableBytes() / Short.BYTES));
    }

    @Override
    public void message(GstBusMessage message) {
        count(messages, 1);
        if (message instanceof GstBusMessage.EndOfStream || message instanceof GstBusMessage.Error) {
            end.complete(message);
        }
    }

    private void count(AtomicInteger counter, int number) {
        if (!loop.inEventLoop()) {
            strangers.incrementAndGet();
        }
        counter.addAndGet(number);
    }
}
