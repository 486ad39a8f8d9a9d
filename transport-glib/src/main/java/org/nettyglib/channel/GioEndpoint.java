package org.nettyglib.channel;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.ObjectUtil;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gnome.gio.IOStream;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGio;
import org.nettyglib.ffi.LibGioStreams;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.loop.GLibContextHandle;
import org.nettyglib.loop.GLibIoOps;

/**
 * A stream of GIO: its two directions, the loop that it is on, and its end. On the thread of the loop that the channel is
 * on, but for {@link #isOpen()} and {@link #deliver}.
 */
final class GioEndpoint implements Endpoint {
    private static final InternalLogger logger = InternalLoggerFactory.getInstance(GioEndpoint.class);

    /** How long a close may wait for a peer: TLS says goodbye, and finds nobody who listens. */
    private static final long MAX_CLOSE_MILLIS = 5000;

    /** How long what was taken before may take to be written. */
    private static final long MAX_WRITE_MILLIS = 30_000;

    private final List<GioCall> calls = new ArrayList<>();

    /** Those of {@link #calls} that end a direction, or all. */
    private final List<GioCall> closeCalls = new ArrayList<>();

    // Written on the loop that the channel is on, before it looks for outcomes; read by the loop of a former stay,
    // after
    // it has set one. So one of the two finds the outcome.
    private volatile @Nullable LoopStay stay;

    private volatile boolean open = true;

    /** Kept as long as the stream: what is implemented in Java lives in its proxy. */
    @SuppressWarnings("unused")
    private @Nullable IOStream proxy;

    private long stream;
    private @Nullable GioInput<?> input;
    private @Nullable GioOutput<?> output;
    private @Nullable GioSocket socket;
    private int underWay;
    private volatile boolean closing;
    private boolean closed;

    /** The stay that the last call has to come back to before it ends. */
    private @Nullable LoopStay lastStay;

    /** Whether that one waits: also for what was begun on a former loop, after which the stream is closed on the last. */
    private boolean held;

    /** Of a stream that is open, with a reference of its own. */
    static GioEndpoint of(IOStream proxy) {
        ObjectUtil.checkNotNull(proxy, "stream");
        long address = proxy.handle().address();
        if (LibGioStreams.g_io_stream_is_closed(address)) {
            throw new IllegalArgumentException("the stream is closed: " + proxy);
        }
        GioEndpoint endpoint = new GioEndpoint();
        endpoint.proxy = proxy;
        LibGobject.g_object_ref(address);
        boolean opened = false;
        try {
            endpoint.open(address);
            opened = true;
        } finally {
            if (!opened) {
                LibGobject.g_object_unref(address);
            }
        }
        if (endpoint.input == null && endpoint.output == null) {
            endpoint.release(null);
            throw new IllegalArgumentException("the stream has neither an input nor an output: " + proxy);
        }
        return endpoint;
    }

    /** Takes a stream over, with the caller's reference. */
    void open(long address) {
        stream = address;
        long in = LibGioStreams.g_io_stream_get_input_stream(address);
        long out = LibGioStreams.g_io_stream_get_output_stream(address);
        input = in == 0 ? null : GioInput.of(this, in);
        output = out == 0 ? null : GioOutput.of(this, out);
        socket = GioSocket.of(address);
    }

    @Nullable GioInput<?> input() {
        return input;
    }

    @Nullable GioOutput<?> output() {
        return output;
    }

    @Nullable GioSocket socket() {
        return socket;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public Class<? extends IoHandle> handleType() {
        return GLibContextHandle.class;
    }

    // The loop

    @Override
    public Future<IoRegistration> register(IoEventLoop loop, AbstractGLibChannel.GLibUnsafe unsafe) {
        LoopStay next = new LoopStay(this, loop, unsafe);
        Promise<IoRegistration> promise = loop.newPromise();
        loop.register(next).addListener((Future<IoRegistration> registered) -> {
            if (registered.isSuccess()) {
                next.begin(registered.getNow());
                attach(next);
                promise.setSuccess(new GioRegistration(this, next));
            } else {
                promise.setFailure(registered.cause());
            }
        });
        return promise;
    }

    private void attach(LoopStay next) {
        stay = next;
        attachDirections(next);
        // What has ended since the former loop. It may close the channel, which has to be registered first.
        next.loop().execute(() -> takeAll(next));
    }

    private void takeAll(LoopStay on) {
        if (stay == on) {
            List.copyOf(calls).forEach(call -> take(call, on));
        }
    }

    private void attachDirections(LoopStay to) {
        if (input != null) {
            input.attach(to);
        }
        if (output != null) {
            output.attach(to);
        }
    }

    /** The stream was made on this loop, by a connect. */
    void opened() {
        attachDirections(stay());
    }

    void detach() {
        if (input != null) {
            input.detach();
        }
        if (output != null) {
            output.detach();
        }
        if (!closing) {
            stay = null;
        }
    }

    LoopStay stay() {
        LoopStay now = stay;
        if (now == null) {
            throw new IllegalStateException("not registered with a loop");
        }
        return now;
    }

    void interest(GLibIoOps ops, int priority) {
        if (input != null) {
            input.interest(ops.intersects(GLibIoOps.IN), priority);
        }
        if (output != null) {
            output.interest(ops.intersects(GLibIoOps.OUT), priority);
        }
    }

    // Calls

    GioCall newCall(GioCall.Finish finish, GioCall.Done done) {
        GioCall call = new GioCall(this, finish, done);
        calls.add(call);
        return call;
    }

    void begun() {
        underWay++;
    }

    void ended() {
        underWay--;
    }

    /** A call has ended. On the loop that it was begun on. */
    void deliver(GioCall call, LoopStay on) {
        LoopStay now = stay;
        if (now == null) {
            // The next loop takes it, or the close.
            if (closing) {
                take(call, on);
            }
        } else if (now == on || now.loop().inEventLoop()) {
            take(call, now);
        } else {
            // By then it may be on another loop, or on none.
            now.loop().execute(() -> deliver(call, now));
        }
    }

    private void take(GioCall call, LoopStay on) {
        call.take();
        closeWhenDone(on);
    }

    /** What was taken could not be written, and nobody waits for a write that would say so. */
    void failed(IOException cause) {
        LoopStay now = stay;
        if (now != null) {
            now.channel().pipeline().fireExceptionCaught(cause);
            now.channel().unsafe().close(now.channel().unsafe().voidPromise());
        }
    }

    /** The loop ends: nothing that was begun there may wait for long. */
    void hurry(LoopStay ending) {
        LoopStay now = stay;
        if (now == null || now == ending || now.loop().inEventLoop()) {
            calls.stream()
                    .filter(call -> call.isUnderWayOn(ending) || (held && ending == lastStay && call.isUnderWay()))
                    .forEach(call -> limit(call, ending));
        } else {
            now.loop().execute(() -> hurry(ending));
        }
    }

    /** The loop has ended before its callbacks have come. */
    void abandon(LoopStay ended) {
        if (stay == ended) {
            stay = null;
        }
    }

    // The end

    /** Ends one direction of a stream that has no socket which could be shut for it. */
    void closeDirection(GioCall.Begin begin, GioCall.Finish finish, Runnable afterwards) {
        GioCall call = newCall(finish, (value, failure) -> {
            if (failure != null) {
                logger.debug("A direction of a stream did not close well.", failure);
            }
            afterwards.run();
        });
        closeCalls.add(call);
        call.start(begin);
    }

    /** Nothing would be heard of the stream any more. */
    void closeChannel() {
        Channel channel = stay().channel();
        channel.eventLoop().execute(channel::close);
    }

    /** The channel closes. Its loop stays until the stream is closed. */
    void startClosing() {
        if (closing) {
            return;
        }
        closing = true;
        open = false;
        lastStay = stay;
        if (lastStay != null) {
            lastStay.begun();
            held = true;
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (input != null) {
            input.close();
        }
        if (output != null) {
            output.close();
        }
        if (socket != null) {
            socket.endHandshake();
        }
        calls.stream().filter(GioCall::isUnderWay).forEach(call -> limit(call, lastStay));
        // What has ended since the last loop.
        List.copyOf(calls).forEach(GioCall::take);
        closeWhenDone(lastStay);
    }

    private void letGo() {
        if (lastStay != null) {
            letGo(lastStay);
        }
    }

    /** A loop need not wait for this any more, if it is the last. On its thread. */
    void letGo(LoopStay stay) {
        if (held && stay == lastStay) {
            held = false;
            stay.ended();
        }
    }

    private void limit(GioCall call, @Nullable LoopStay on) {
        if (on == null || on.loopEnds()) {
            // A loop that ends cancels its timers.
            call.limit(GlobalEventExecutor.INSTANCE, on == null ? LoopStay.MAX_END_MILLIS : on.millisLeft());
        } else {
            call.limit(on.loop(), closeCalls.contains(call) ? MAX_CLOSE_MILLIS : MAX_WRITE_MILLIS);
        }
    }

    private void closeWhenDone(@Nullable LoopStay on) {
        if (!closed || underWay > 0) {
            return;
        }
        if (stream == 0) {
            letGo();
            return;
        }
        if (on == null) {
            closeNow();
            return;
        }
        GioCall call = newCall(
                (source, result, error) -> LibGioStreams.g_io_stream_close_finish(source, result, error) ? 1 : 0,
                (value, failure) -> release(failure));
        closeCalls.add(call);
        long address = stream;
        call.start(
                on,
                (priority, cancellable, callback, userData) ->
                        LibGioStreams.g_io_stream_close_async(address, priority, cancellable, callback, userData));
        limit(call, on);
    }

    /** Without a loop nothing can be waited for: a cancelled close leaves the stream closed, but does not say goodbye. */
    private void closeNow() {
        long cancelled = LibGio.g_cancellable_new();
        LibGio.g_cancellable_cancel(cancelled);
        ErrorSlot slot = ErrorSlot.get();
        LibGioStreams.g_io_stream_close(stream, cancelled, slot.address());
        LibGobject.g_object_unref(cancelled);
        try {
            slot.check();
            release(null);
        } catch (GErrorException e) {
            release(e);
        }
    }

    private void release(@Nullable GErrorException failure) {
        if (failure != null && !LibGio.isCancelled(failure)) {
            logger.debug("A stream did not close well.", failure);
        }
        if (socket != null && socket.secured()) {
            // TLS that was cancelled, in its handshake for example, leaves what is below it open.
            socket.close();
        }
        LibGobject.g_object_unref(stream);
        stream = 0;
        socket = null;
        proxy = null;
        letGo();
    }
}
