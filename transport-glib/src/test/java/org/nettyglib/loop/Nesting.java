package org.nettyglib.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.glib.MainLoop;
import org.nettyglib.channel.Await;

/**
 * Main loops inside each other, on the context of the loop that they run in, and an echo server whose handler enters
 * one before it answers {@link #WORD}.
 */
final class Nesting {
    static final String WORD = "nest";

    private final List<MainLoop> running = new CopyOnWriteArrayList<>();
    private final AtomicInteger left = new AtomicInteger();
    private final LoopFixture fixture;
    private final Runnable aside;
    private final Channel server;

    Nesting(LoopFixture fixture) throws InterruptedException {
        this(fixture, () -> {});
    }

    /**
     * @param aside what else is done in the same place, before each nested main loop and after it
     */
    Nesting(LoopFixture fixture, Runnable aside) throws InterruptedException {
        this.fixture = fixture;
        this.aside = aside;
        server = fixture.serve(() -> new SimpleChannelInboundHandler<ByteBuf>() {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, ByteBuf msg) {
                if (msg.toString(StandardCharsets.US_ASCII).equals(WORD)) {
                    nest();
                }
                ctx.writeAndFlush(msg.retain());
            }
        });
    }

    Channel server() {
        return server;
    }

    /** Runs a nested main loop until somebody quits it. On the loop's thread. */
    void nest() {
        aside.run();
        MainLoop mainLoop = fixture.newMainLoop();
        running.add(mainLoop);
        mainLoop.run();
        running.remove(mainLoop);
        aside.run();
        left.incrementAndGet();
    }

    /** How many nested main loops have ended. */
    int left() {
        return left.get();
    }

    /** Ends all nested loops, the innermost first. */
    void quit() {
        fixture.loop().execute(() -> running.reversed().forEach(MainLoop::quit));
    }

    /** Tells the outermost to end, which it does when the others have. */
    void quitOutermost() throws Exception {
        fixture.run(() -> running.getFirst().quit());
    }

    void quitInnermost() throws InterruptedException {
        int depth = running.size();
        fixture.loop().execute(() -> running.getLast().quit());
        awaitDepth(depth - 1);
    }

    /** Waits until so many nested loops run. */
    void awaitDepth(int depth) throws InterruptedException {
        Await.until(() -> running.size() == depth, () -> depth + " nested loops, but there are " + running.size());
    }
}
