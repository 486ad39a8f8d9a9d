package org.nettyglib.gio;

import io.netty.channel.Channel;
import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.ObjectUtil;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nettyglib.channel.GLibFdChannel;

/**
 * A child process on an event loop: its standard input and output are a channel, its end is a future.
 *
 * <pre>{@code
 * GLibSubprocess.builder("sort", "-n").handler(lines).start(loop).addListener((Future<GLibSubprocess> started) -> {
 *     GLibSubprocess sort = started.get();
 *     sort.channel().writeAndFlush(numbers);
 *     ((DuplexChannel) sort.channel()).shutdownOutput();
 *     sort.exit().addListener(…);
 * });
 * }</pre>
 *
 * <p>The channel is a {@link GLibFdChannel}. It is closed when both of its directions have ended, which may be before or after
 * the end of the process: what the process has written can still be read then, and a process of its own may hold its output
 * open. A process that closes its output alone is told of by
 * {@link io.netty.channel.socket.ChannelInputShutdownReadComplete}.
 *
 * <p>The process is started by {@code posix_spawn}, and the loop sees its end by a descriptor of it. Whether anybody asks or not, it
 * is awaited, after the end of the loop by a thread of its own: so it never becomes a zombie. {@link Process} awaits its own
 * children only.
 *
 * <p>When the loop shuts down, the channels are closed: the process reads the end of its input, and gets SIGPIPE when it
 * writes. It is killed if {@link GLibSubprocessBuilder#killOnClose} says so.
 *
 * <p>All methods may be called from any thread.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/posix_spawn.3.html">posix_spawn(3)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</a>
 */
public final class GLibSubprocess {
    // asm-generic/signal.h
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private final IoEventLoop loop;
    private final ChildProcess process;
    private final SubprocessPlan plan;
    private final @Nullable GLibFdChannel channel;
    private final @Nullable GLibFdChannel errorChannel;

    GLibSubprocess(
            IoEventLoop loop,
            ChildProcess process,
            SubprocessPlan plan,
            @Nullable GLibFdChannel channel,
            @Nullable GLibFdChannel errorChannel) {
        this.loop = loop;
        this.process = process;
        this.plan = plan;
        this.channel = channel;
        this.errorChannel = errorChannel;
    }

    /**
     * Begins to say what process to start.
     *
     * @param arguments the program, then its arguments
     * @return what starts it
     * @throws IllegalArgumentException if there are none, or there is a zero character in one
     */
    public static GLibSubprocessBuilder builder(String... arguments) {
        return new GLibSubprocessBuilder(List.of(arguments));
    }

    /**
     * Begins to say what process to start.
     *
     * @param arguments the program, then its arguments
     * @return what starts it
     * @throws IllegalArgumentException if there are none, or there is a zero character in one
     */
    public static GLibSubprocessBuilder builder(List<String> arguments) {
        return new GLibSubprocessBuilder(arguments);
    }

    /** {@return failed if the process was killed, because nobody could wait for its end} On the loop's thread. */
    Future<?> watch() {
        return process.watch(loop);
    }

    /** Nobody will ever have this object. */
    void discard() {
        kill();
        if (channel != null) {
            channel.close();
        }
        if (errorChannel != null) {
            errorChannel.close();
        }
    }

    /** {@return the process id} Once the process has ended, the system may give its id to another. */
    public long pid() {
        return process.pid();
    }

    boolean hasChannel() {
        return channel != null;
    }

    boolean hasErrorChannel() {
        return errorChannel != null;
    }

    /**
     * The channel that reads the standard output of the process and writes its standard input, or does one of both.
     *
     * @return a {@link GLibFdChannel}
     * @throws IllegalStateException if neither is a pipe
     */
    public Channel channel() {
        if (channel == null) {
            throw new IllegalStateException("neither the standard input nor the standard output is a pipe: " + this);
        }
        return channel;
    }

    /**
     * The channel that reads the standard error of the process.
     *
     * @return a {@link GLibFdChannel}
     * @throws IllegalStateException if it is no pipe
     * @see GLibSubprocessBuilder#errorHandler
     */
    public Channel errorChannel() {
        if (errorChannel == null) {
            throw new IllegalStateException("the standard error is no pipe: " + this);
        }
        return errorChannel;
    }

    /**
     * The end of the process. To cancel this future only means that this caller waits no longer.
     *
     * @return a new future, completed on the loop's thread; failed with a {@link RejectedExecutionException} if the loop has ended
     *     before the process, with an {@link java.io.IOException} if C code of this process has awaited it
     */
    public GioFuture<GLibExitStatus> exit() {
        ExitWait wait = new ExitWait(loop, process);
        GLibExitStatus status = process.status();
        Exception unknown = process.unknown();
        if (status != null) {
            wait.setSuccess(status);
        } else if (unknown != null) {
            wait.setFailure(unknown);
        }
        wait.start();
        return wait;
    }

    /** {@return whether the end of the process was not seen yet} */
    public boolean isAlive() {
        return process.status() == null;
    }

    /**
     * Sends a signal, unless the process has ended. A process that got the same id later is not hit.
     *
     * @param number of the signal
     * @return whether it was sent; false if the system has no such signal, or if the process, or the loop, is known to have ended
     * @throws IllegalArgumentException if the number is not positive
     */
    public boolean signal(int number) {
        ObjectUtil.checkPositive(number, "number");
        return process.signal(number);
    }

    /** Ends the process by SIGKILL, which it cannot refuse. */
    public void kill() {
        signal(SIGKILL);
    }

    /** Asks the process to end, by SIGTERM. */
    public void terminate() {
        signal(SIGTERM);
    }

    /**
     * Asks the process to end, and kills it if it has not done so in time. A loop that shuts down meanwhile leaves it alone, unless
     * {@link GLibSubprocessBuilder#killOnClose} says something else.
     *
     * @param grace how long to wait between the two
     */
    public void terminate(Duration grace) {
        if (signal(SIGTERM)) {
            Future<?> timer = loop.schedule(this::kill, grace.toNanos(), TimeUnit.NANOSECONDS);
            exit().addListener(done -> timer.cancel(false));
        }
    }

    @Override
    public String toString() {
        GLibExitStatus how = process.status();
        return "GLibSubprocess(" + plan.arguments().getFirst() + ", pid " + process.pid() + ", "
                + (how == null ? "not ended" : how) + ')';
    }
}
