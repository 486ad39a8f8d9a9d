package org.nettyglib.gio;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.channel.GLibFdChannel;

/** Starts one process, as it was planned. On the loop's thread. */
final class SubprocessStart {
    private final IoEventLoop loop;
    private final SubprocessPlan plan;

    SubprocessStart(IoEventLoop loop, SubprocessPlan plan) {
        this.loop = loop;
        this.plan = plan;
    }

    void run(Promise<GLibSubprocess> promise) {
        if (!promise.setUncancellable()) {
            fail(promise, null);
            return;
        }
        if (loop.isShuttingDown()) {
            fail(promise, new RejectedExecutionException("the event loop shuts down, and starts no process: " + loop));
            return;
        }
        GLibSubprocess process;
        try {
            process = spawn();
        } catch (Throwable t) {
            fail(promise, t);
            return;
        }
        register(process, promise);
    }

    /** Nothing was started. From any thread. */
    void fail(Promise<GLibSubprocess> promise, @Nullable Throwable cause) {
        Throwable failure = cause;
        try {
            plan.closeDescriptors();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
        if (failure != null) {
            promise.tryFailure(failure);
        }
    }

    private GLibSubprocess spawn() throws IOException {
        try (SubprocessLauncher launcher = new SubprocessLauncher(plan)) {
            launcher.openStreams();
            ChildProcess process = launcher.spawn();
            return new GLibSubprocess(loop, process, plan, launcher.channel(), launcher.errorChannel());
        }
    }

    private void register(GLibSubprocess process, Promise<GLibSubprocess> promise) {
        PromiseCombiner registrations = new PromiseCombiner(loop);
        registrations.add(process.watch());
        registrations.add(closeDescriptors());
        if (process.hasChannel()) {
            registrations.add(register((GLibFdChannel) process.channel(), plan.handler()));
        }
        if (process.hasErrorChannel()) {
            registrations.add(register((GLibFdChannel) process.errorChannel(), plan.errorHandler()));
        }
        registrations.finish(loop.<Void>newPromise().addListener(done -> {
            if (done.isSuccess()) {
                promise.setSuccess(process);
            } else {
                process.discard();
                promise.setFailure(done.cause());
            }
        }));
    }

    private Future<?> closeDescriptors() {
        try {
            plan.closeDescriptors();
            return loop.newSucceededFuture(null);
        } catch (IOException e) {
            return loop.newFailedFuture(e);
        }
    }

    private Future<?> register(GLibFdChannel channel, ChannelHandler handler) {
        Bootstrap bootstrap =
                new Bootstrap().group(loop).channelFactory(() -> channel).handler(handler);
        plan.options().forEach((option, value) -> set(bootstrap, option, value));
        return bootstrap.register();
    }

    @SuppressWarnings("unchecked") // the builder was given both of the same type
    private static <T> void set(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }
}
