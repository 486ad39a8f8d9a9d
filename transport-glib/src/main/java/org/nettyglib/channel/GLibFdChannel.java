package org.nettyglib.channel;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.socket.DuplexChannelConfig;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseCombiner;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibIoEvent;
import org.nettyglib.loop.GLibIoHandle;
import org.nettyglib.loop.GLibIoOps;
import org.nettyglib.loop.GLibTransport;

/**
 * Bytes from and to any descriptor that can be waited for: pipes, FIFOs, terminals and pseudo terminals, serial lines,
 * inotify, timer and event descriptors, character devices, sockets of other families. It is active once it is
 * registered:
 *
 * <pre>{@code
 * new Bootstrap().group(group).channelFactory(() -> new GLibFdChannel(in, out)).handler(handler).register()
 * }</pre>
 *
 * <p>The descriptors belong to the channel from its creation on. They are switched to non-blocking mode, which other
 * processes that share them see, and get their former mode back when they are closed.
 *
 * <p>The channel ends with its input, or half of it does with {@link ChannelOption#ALLOW_HALF_CLOSURE}. While nobody
 * reads ({@code autoRead} is off), the end of a pipe or a terminal is not noticed. When nobody reads what is written, the
 * channel is closed, or only its output if half-closure is allowed and there is an input. A terminal whose other side is
 * gone is at its end. A channel whose two directions were shut is closed.
 *
 * <p>There are no addresses, so {@code bind} and {@code connect} fail. Options: {@link ChannelOption#ALLOW_HALF_CLOSURE}
 * and {@link GLibChannelOption#PRIORITY}.
 */
public final class GLibFdChannel extends AbstractStreamChannel implements UnixChannel {
    static {
        GLibTransport.ensureAvailability();
    }

    private final DescriptorStream descriptors;
    private final StreamConfig config;
    private @Nullable PairRegistration pair;
    private volatile boolean open = true;

    /**
     * A channel of one descriptor, for the directions it is open for.
     *
     * @param fd the descriptor, which belongs to the channel from now on
     * @throws IllegalArgumentException if it cannot be waited for, as a plain file; it is still the caller's then
     * @throws java.io.UncheckedIOException if that could not be found out, as no descriptor is left
     */
    public GLibFdChannel(FileDescriptor fd) {
        this(streamOf(DescriptorEnd.of(fd)));
    }

    /**
     * A channel of two descriptors, as the ends of two pipes to a child process. Both may be the same.
     *
     * @param in what is read from; it belongs to the channel from now on
     * @param out what is written to; it belongs to the channel from now on
     * @throws IllegalArgumentException if one of them cannot be waited for, as a plain file, or is not open for its
     *     direction; both are still the caller's then
     */
    public GLibFdChannel(FileDescriptor in, FileDescriptor out) {
        this(streamOf(in, out));
    }

    private GLibFdChannel(DescriptorStream descriptors) {
        super(null, new DescriptorEndpoint(descriptors.main().fd()), descriptors, true);
        this.descriptors = descriptors;
        config = StreamConfig.ofDescriptor(this);
        descriptors.beforeShut(this::shut);
        if (descriptors.isInputShut()) {
            endInput();
        }
    }

    /**
     * Opens a device or a FIFO.
     *
     * @param path of the file
     * @param options {@link StandardOpenOption#READ}, {@link StandardOpenOption#WRITE}, both; or none to read
     * @return a channel that is not registered yet
     * @throws IOException if it cannot be opened: a FIFO, for example, cannot be opened to write before somebody has
     *     opened it to read
     * @throws IllegalArgumentException if it cannot be waited for, as a plain file
     * @throws UnsupportedOperationException for other options
     */
    public static GLibFdChannel open(Path path, OpenOption... options) throws IOException {
        FileDescriptor fd = DescriptorEnd.open(path, options);
        try {
            return new GLibFdChannel(fd);
        } catch (RuntimeException e) {
            fd.close();
            throw e;
        }
    }

    private static DescriptorStream streamOf(DescriptorEnd both) {
        return new DescriptorStream(both.isReadable() ? both : null, both.isWritable() ? both : null);
    }

    private static DescriptorStream streamOf(FileDescriptor in, FileDescriptor out) {
        DescriptorEnd input = DescriptorEnd.of(in);
        DescriptorEnd output = in.intValue() == out.intValue() ? input : DescriptorEnd.of(out);
        requireDirections(input, output);
        return new DescriptorStream(input, output);
    }

    private static void requireDirections(DescriptorEnd input, DescriptorEnd output) {
        if (!input.isReadable()) {
            throw new IllegalArgumentException(
                    "descriptor " + input.fd().intValue() + " cannot be read: it is open for writing only");
        }
        if (!output.isWritable()) {
            throw new IllegalArgumentException(
                    "descriptor " + output.fd().intValue() + " cannot be written: it is open for reading only");
        }
    }

    @Override
    public DuplexChannelConfig config() {
        return config;
    }

    @Override
    StreamConfig settings() {
        return config;
    }

    /** {@return the descriptor to read from, or the one to write to if there is no other} */
    @Override
    public FileDescriptor fd() {
        return descriptors.main().fd();
    }

    @Override
    public boolean isOpen() {
        // One of two descriptors may be closed already.
        return open;
    }

    /** Nothing brings the input of a descriptor to its end: what is shut is not read any more. */
    @Override
    boolean nothingToRead() {
        return isInputShutdown();
    }

    @Override
    void closeEndpoint() throws IOException {
        open = false;
        descriptors.close();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("a descriptor channel has no address to bind to");
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (descriptors.outputEnd() == null) {
            throw new UnsupportedOperationException(
                    "descriptor " + fd().intValue() + " cannot be written: it is open for reading only");
        }
        return super.filterOutboundMessage(message);
    }

    @Override
    Future<IoRegistration> registerWith(IoEventLoop loop) {
        if (!descriptors.hasTwoDescriptors()) {
            return super.registerWith(loop);
        }
        Future<IoRegistration> input = descriptors.isInputShut() ? none(loop) : super.registerWith(loop);
        Future<IoRegistration> output = descriptors.isOutputShut() ? none(loop) : loop.register(new OutputHandle());
        Promise<IoRegistration> result = loop.newPromise();
        PromiseCombiner combiner = new PromiseCombiner(loop);
        combiner.add((Future<?>) input);
        combiner.add((Future<?>) output);
        combiner.finish(loop.<Void>newPromise().addListener(done -> {
            PairRegistration registered = new PairRegistration(input.getNow(), output.getNow());
            if (done.isSuccess()) {
                pair = registered;
                result.setSuccess(registered);
            } else {
                registered.cancel();
                result.setFailure(done.cause());
            }
        }));
        return result;
    }

    private static Future<IoRegistration> none(IoEventLoop loop) {
        return loop.newSucceededFuture(null);
    }

    /** A direction was shut. If it has a descriptor of its own, that is closed next: its number is another's then. */
    private void shut(@Nullable DescriptorEnd end) {
        if (pair != null) {
            IoRegistration registration = end == descriptors.inputEnd() ? pair.input() : pair.output();
            if (registration != null) {
                registration.cancel();
            }
        }
        if (isShutdown()) {
            // No event would ever come.
            eventLoop().execute(this::close);
        }
    }

    @Override
    protected GLibUnsafe newUnsafe() {
        return new DescriptorUnsafe();
    }

    private final class DescriptorUnsafe extends StreamUnsafe {
        /** What a pipe or a terminal holds at a hang-up stays there for whoever asks for it. */
        @Override
        void readReady() {
            if (wants(GLibIoOps.IN)) {
                super.readReady();
            }
        }

        @Override
        void hungUp() {
            if (descriptors.isInputShut()) {
                outputBroken();
            } else {
                super.hungUp();
            }
        }

        /** Nobody will read what is written. */
        private void outputBroken() {
            if (config.isAllowHalfClosure() && !descriptors.isInputShut()) {
                shutdownOutput(newPromise());
            } else {
                close(voidPromise());
            }
        }
    }

    /** The descriptor that is written to, where it is not the one that is read from. */
    private final class OutputHandle implements GLibIoHandle {
        @Override
        public FileDescriptor fd() {
            return descriptors.output();
        }

        @Override
        public int priority(int ofLoop) {
            return config.priorityOr(ofLoop);
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            GLibIoOps ready = ((GLibIoEvent) event).ops();
            DescriptorUnsafe unsafe = (DescriptorUnsafe) unsafe();
            if (ready.intersects(GLibIoOps.OUT)) {
                unsafe.writeReady();
            }
            if (ready.intersects(GLibIoOps.ERR.with(GLibIoOps.HUP)) && isOpen() && !descriptors.isOutputShut()) {
                unsafe.outputBroken();
            }
        }

        @Override
        public void close() {
            unsafe().close(voidPromise());
        }
    }
}
