package org.nettyglib.testsuite;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.AbstractEventExecutorGroup;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.nettyglib.loop.GLibEventLoopGroup;

/**
 * Event loops without threads of their own. Each is attached to a context that a plain {@code GMainLoop} runs, in a
 * daemon thread that knows nothing of Netty and ends when its event loop has terminated.
 */
public final class AttachedLoops extends AbstractEventExecutorGroup implements EventLoopGroup {
    private final List<EventLoop> loops;
    private final AtomicInteger turn = new AtomicInteger();
    private final Promise<Void> termination = new DefaultPromise<>(GlobalEventExecutor.INSTANCE);

    public AttachedLoops(int count) {
        loops = Stream.generate(AttachedLoops::attach).limit(count).toList();
        GlobalEventExecutor.INSTANCE.execute(() -> {
            PromiseCombiner all = new PromiseCombiner(GlobalEventExecutor.INSTANCE);
            loops.forEach(loop -> all.add((Future<?>) loop.terminationFuture()));
            all.finish(termination);
        });
    }

    private static EventLoop attach() {
        MainContext context = new MainContext();
        MainLoop mainLoop = new MainLoop(context, false);
        EventLoop loop = GLibEventLoopGroup.attach(context).next();
        Thread.ofPlatform().daemon().name("testsuite-attached").start(mainLoop::run);
        // What quits before it runs would run for ever.
        while (!mainLoop.isRunning()) {
            Thread.onSpinWait();
        }
        loop.terminationFuture().addListener(terminated -> mainLoop.quit());
        return loop;
    }

    @Override
    public EventLoop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    @Override
    public Iterator<EventExecutor> iterator() {
        return List.<EventExecutor>copyOf(loops).iterator();
    }

    @Override
    public ChannelFuture register(Channel channel) {
        return next().register(channel);
    }

    @Override
    public ChannelFuture register(ChannelPromise promise) {
        return next().register(promise);
    }

    @Override
    @Deprecated
    public ChannelFuture register(Channel channel, ChannelPromise promise) {
        return next().register(channel, promise);
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        loops.forEach(loop -> loop.shutdownGracefully(quietPeriod, timeout, unit));
        return termination;
    }

    @Override
    @Deprecated
    public void shutdown() {
        loops.forEach(EventLoop::shutdown);
    }

    @Override
    public Future<?> terminationFuture() {
        return termination;
    }

    @Override
    public boolean isShuttingDown() {
        return loops.stream().allMatch(EventLoop::isShuttingDown);
    }

    @Override
    public boolean isShutdown() {
        return loops.stream().allMatch(EventLoop::isShutdown);
    }

    @Override
    public boolean isTerminated() {
        return loops.stream().allMatch(EventLoop::isTerminated);
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return termination.await(timeout, unit);
    }
}
