package org.nettyglib.gio;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.internal.ObjectUtil;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.nettyglib.channel.GLibFdChannel;
import org.nettyglib.ffi.LibGioSubprocess;
import org.nettyglib.ffi.LibGobject;

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
 * <p>The process is a {@code GSubprocess}, and GIO's own thread awaits it, whether anybody asks or not. So it never becomes a
 * zombie, not even after the end of the loop. {@link Process} awaits its own children only.
 *
 * <p>When the loop shuts down, the channels are closed: the process reads the end of its input, and gets SIGPIPE when it
 * writes. It is killed if {@link GLibSubprocessBuilder#killOnClose} says so.
 *
 * <p>All methods may be called from any thread.
 *
 * @see <a href="https://docs.gtk.org/gio/class.Subprocess.html">GSubprocess</a>
 */
public final class GLibSubprocess {
    // asm-generic/signal.h
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private final EventLoop loop;
    private final SubprocessPlan plan;
    private final @Nullable GLibFdChannel channel;
    private final @Nullable GLibFdChannel errorChannel;
    private final long pid;
    private final ExitWait ownWait;

    /** The one reference of this object, or 0 once the end was seen or the loop has ended. */
    private long process;

    private volatile @Nullable GLibExitStatus status;

    /** @param process a {@code GSubprocess}, whose reference is taken over */
    GLibSubprocess(
            EventLoop loop,
            long process,
            SubprocessPlan plan,
            @Nullable GLibFdChannel channel,
            @Nullable GLibFdChannel errorChannel) {
        this.loop = loop;
        this.process = process;
        this.plan = plan;
        this.channel = channel;
        this.errorChannel = errorChannel;
        String identifier = LibGioSubprocess.g_subprocess_get_identifier(process);
        pid = identifier == null ? -1 : Long.parseLong(identifier);
        ownWait = new ExitWait(loop, this, process);
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

    /** Waits for the end, for as long as the loop lives. On the loop's thread. */
    void watch() {
        ownWait.addListener(this::waited);
        ownWait.start();
    }

    private synchronized void waited(Future<? super GLibExitStatus> wait) {
        if (!wait.isSuccess() && plan.killOnClose()) {
            kill();
        }
        release();
    }

    synchronized void hasExited(GLibExitStatus how) {
        status = how;
        release();
    }

    private void release() {
        if (process != 0) {
            LibGobject.g_object_unref(process);
            process = 0;
        }
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

    /**
     * {@return the process id; -1 if the process had ended before it could be asked for} Once the process has ended, the
     * system may give its id to another.
     */
    public long pid() {
        return pid;
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
     * @return a new future; failed with a {@link RejectedExecutionException} if the loop has ended before the process
     */
    public GioFuture<GLibExitStatus> exit() {
        ExitWait wait;
        synchronized (this) {
            wait = new ExitWait(loop, this, process);
            if (status != null) {
                wait.setSuccess(status);
            } else if (process == 0) {
                wait.setFailure(new RejectedExecutionException("the event loop has ended before the process"));
            }
        }
        wait.start();
        return wait;
    }

    /** {@return whether the end of the process was not seen yet} */
    public boolean isAlive() {
        return status == null;
    }

    /**
     * Sends a signal, unless the process has ended. GIO's own thread sends it, which is also the one that awaits the process: a
     * process that got the same id later is not hit.
     *
     * @param number of the signal
     * @return whether it goes to GIO; false if the process, or the loop, is known to have ended
     * @throws IllegalArgumentException if the number is not positive
     */
    public synchronized boolean signal(int number) {
        ObjectUtil.checkPositive(number, "number");
        if (process == 0) {
            return false;
        }
        LibGioSubprocess.g_subprocess_send_signal(process, number);
        return true;
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
            ownWait.addListener(done -> timer.cancel(false));
        }
    }

    @Override
    public String toString() {
        GLibExitStatus how = status;
        return "GLibSubprocess(" + plan.arguments().getFirst() + ", pid " + pid + ", "
                + (how == null ? "not ended" : how) + ')';
    }
}
