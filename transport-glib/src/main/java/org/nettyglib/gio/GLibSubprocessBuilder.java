package org.nettyglib.gio;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.internal.ObjectUtil;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Says what process to start, and how. Of {@link GLibSubprocess#builder}. For one thread at a time; more than one process can be
 * started with it, if its handlers are sharable and no descriptor was handed over.
 *
 * <p>Unless told otherwise, standard input and output are pipes, standard error and the environment are inherited, and the
 * process outlives its loop if it wants to.
 */
public final class GLibSubprocessBuilder {
    private final List<String> arguments;
    private final Map<String, Optional<String>> environment = new LinkedHashMap<>();
    private final Map<ChannelOption<?>, Object> options = new LinkedHashMap<>();
    private boolean inheritsEnvironment = true;
    private @Nullable String directory;
    private GLibSubprocessStdio stdin = GLibSubprocessStdio.PIPE;
    private GLibSubprocessStdio stdout = GLibSubprocessStdio.PIPE;
    private GLibSubprocessStdio stderr = GLibSubprocessStdio.INHERIT;
    private ChannelHandler handler = new Nothing();
    private ChannelHandler errorHandler = handler;
    private boolean killOnClose;

    GLibSubprocessBuilder(List<String> arguments) {
        this.arguments = List.copyOf(arguments);
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("no program to start");
        }
        arguments.forEach(argument -> requireNoNul(argument, "argument"));
        // The channel is closed when both directions have ended, and not when the process reads no more: everything
        // that it has written is to be read.
        options.put(ChannelOption.ALLOW_HALF_CLOSURE, true);
        options.put(ChannelOption.AUTO_CLOSE, false);
    }

    /** C would take the first part for all. */
    private static String requireNoNul(String text, String what) {
        if (text.indexOf('\0') != -1) {
            throw new IllegalArgumentException("a zero character in the " + what + ": " + text.replace('\0', '?'));
        }
        return text;
    }

    private static String requireName(String variable) {
        if (variable.isEmpty() || variable.indexOf('=') != -1) {
            throw new IllegalArgumentException("not the name of an environment variable: '" + variable + '\'');
        }
        return requireNoNul(variable, "name of a variable");
    }

    /**
     * Sets an environment variable of the child.
     *
     * @param variable its name
     * @param value its value
     * @return this
     * @throws IllegalArgumentException if the name is empty or has an equals sign, or there is a zero character
     */
    public GLibSubprocessBuilder environment(String variable, String value) {
        environment.put(requireName(variable), Optional.of(requireNoNul(value, "value of a variable")));
        return this;
    }

    /**
     * Keeps an environment variable of this process from the child.
     *
     * @param variable its name
     * @return this
     * @throws IllegalArgumentException if the name is empty or has an equals sign or a zero character
     */
    public GLibSubprocessBuilder withoutEnvironment(String variable) {
        environment.put(requireName(variable), Optional.empty());
        return this;
    }

    /**
     * Keeps all environment variables of this process from the child, and forgets those that were set.
     *
     * @return this
     */
    public GLibSubprocessBuilder clearEnvironment() {
        inheritsEnvironment = false;
        environment.clear();
        return this;
    }

    /**
     * Sets where the child starts; otherwise it is where this process is.
     *
     * @param directory of the default file system
     * @return this
     */
    public GLibSubprocessBuilder directory(Path directory) {
        this.directory = requireNoNul(directory.toString(), "directory");
        return this;
    }

    /**
     * Sets what the child reads. If it is a pipe, as by default, what is written to the channel is written to it.
     *
     * @param stdin not {@link GLibSubprocessStdio#STDOUT}
     * @return this
     */
    public GLibSubprocessBuilder stdin(GLibSubprocessStdio stdin) {
        this.stdin = requireNotMerged(stdin);
        return this;
    }

    /**
     * Sets where the child writes to. If it is a pipe, as by default, the channel reads it.
     *
     * @param stdout not {@link GLibSubprocessStdio#STDOUT}
     * @return this
     */
    public GLibSubprocessBuilder stdout(GLibSubprocessStdio stdout) {
        this.stdout = requireNotMerged(stdout);
        return this;
    }

    private static GLibSubprocessStdio requireNotMerged(GLibSubprocessStdio stream) {
        if (stream == GLibSubprocessStdio.STDOUT) {
            throw new IllegalArgumentException("only standard error can be the same as standard output");
        }
        return ObjectUtil.checkNotNull(stream, "stream");
    }

    /**
     * Sets where the child complains to; by default where this process does. If it is a pipe, there is a second channel for it.
     *
     * @param stderr any
     * @return this
     * @see #errorHandler(ChannelHandler)
     */
    public GLibSubprocessBuilder stderr(GLibSubprocessStdio stderr) {
        this.stderr = ObjectUtil.checkNotNull(stderr, "stderr");
        return this;
    }

    /**
     * Sets the handler of the channel that reads the child's output and writes its input.
     *
     * @param handler a {@link io.netty.channel.ChannelInitializer} for example; without one, output is dropped
     * @return this
     */
    public GLibSubprocessBuilder handler(ChannelHandler handler) {
        this.handler = ObjectUtil.checkNotNull(handler, "handler");
        return this;
    }

    /**
     * Sets the handler of the channel that reads the child's standard error, and has standard error be a pipe.
     *
     * @param handler of that channel
     * @return this
     */
    public GLibSubprocessBuilder errorHandler(ChannelHandler handler) {
        errorHandler = ObjectUtil.checkNotNull(handler, "handler");
        return stderr(GLibSubprocessStdio.PIPE);
    }

    /**
     * Sets an option of the channels, such as {@link ChannelOption#AUTO_READ}. {@link ChannelOption#ALLOW_HALF_CLOSURE} is on and
     * {@link ChannelOption#AUTO_CLOSE} is off unless they are set here: otherwise a child that stops reading closes the channel, and
     * what it has written is lost.
     *
     * @param option to set
     * @param value of the option
     * @param <T> its type
     * @return this
     */
    public <T> GLibSubprocessBuilder option(ChannelOption<T> option, T value) {
        options.put(ObjectUtil.checkNotNull(option, "option"), ObjectUtil.checkNotNull(value, "value"));
        return this;
    }

    /**
     * Sets whether the child is killed when its loop shuts down and it still runs. Otherwise its pipes are closed, which
     * ends most programs, and it goes on.
     *
     * @param kill whether to kill it
     * @return this
     */
    public GLibSubprocessBuilder killOnClose(boolean kill) {
        killOnClose = kill;
        return this;
    }

    /**
     * Starts the process. From any thread; on the loop's own it is started at once. The loop waits until the child runs
     * the program, for which nothing of this process is copied.
     *
     * <p>A program without a slash in its name is looked for in the {@code PATH} of this process, whatever the environment of the
     * child is; a relative one with a slash, from where the child starts. A script needs its {@code #!} line.
     *
     * <p>Of this process's descriptors the child has its three standard ones, and no other. It blocks no signals, and SIGPIPE
     * ends it; other signals that this process ignores, because nohup(1) has started it for example, it ignores, too.
     *
     * @param loop of the channels, and of what becomes of the process
     * @return the process; failed with an {@link java.io.IOException} if the program cannot be run or no descriptors are left, with
     *     an {@link UnsupportedOperationException} if the C library is older than glibc 2.34, or with a
     *     {@link RejectedExecutionException} if the loop shuts down
     * @throws IllegalArgumentException if the loop is no GLib loop
     */
    public Future<GLibSubprocess> start(EventLoop loop) {
        SubprocessStart start = new SubprocessStart(LoopMembers.requireGLib(loop), plan());
        Promise<GLibSubprocess> promise = loop.newPromise();
        if (loop.inEventLoop()) {
            start.run(promise);
            return promise;
        }
        try {
            loop.execute(() -> start.run(promise));
        } catch (RejectedExecutionException e) {
            start.fail(promise, e);
        }
        return promise;
    }

    private SubprocessPlan plan() {
        return new SubprocessPlan(
                arguments,
                inheritsEnvironment,
                new LinkedHashMap<>(environment),
                directory,
                stdin,
                stdout,
                stderr,
                handler,
                errorHandler,
                new LinkedHashMap<>(options),
                killOnClose);
    }

    /** Leaves everything to the handlers that are added later, or to the end of the pipeline. */
    private static final class Nothing extends ChannelInboundHandlerAdapter {
        @Override
        public boolean isSharable() {
            return true;
        }
    }
}
