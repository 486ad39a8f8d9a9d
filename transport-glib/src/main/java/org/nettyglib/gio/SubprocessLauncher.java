package org.nettyglib.gio;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.channel.GLibFdChannel;
import org.nettyglib.ffi.CStrings;
import org.nettyglib.ffi.Descriptors;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGioSubprocess;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.ffi.SignalMask;

/**
 * A {@code GSubprocessLauncher}, and this process's ends of the pipes to and from one child. Until {@link #keepChannels()} all
 * descriptors are closed with it.
 */
final class SubprocessLauncher implements AutoCloseable {
    private final SubprocessPlan plan;
    private final long launcher;
    private final List<FileDescriptor> ours = new ArrayList<>();
    private @Nullable GLibFdChannel channel;
    private @Nullable GLibFdChannel errorChannel;
    private boolean kept;

    SubprocessLauncher(SubprocessPlan plan) {
        this.plan = plan;
        launcher = LibGioSubprocess.g_subprocess_launcher_new(flags(plan));
    }

    private static int flags(SubprocessPlan plan) {
        return flag(plan.stdin(), GLibSubprocessStdio.INHERIT, LibGioSubprocess.G_SUBPROCESS_FLAGS_STDIN_INHERIT)
                | flag(plan.stdout(), GLibSubprocessStdio.NULL, LibGioSubprocess.G_SUBPROCESS_FLAGS_STDOUT_SILENCE)
                | flag(plan.stderr(), GLibSubprocessStdio.NULL, LibGioSubprocess.G_SUBPROCESS_FLAGS_STDERR_SILENCE)
                | flag(plan.stderr(), GLibSubprocessStdio.STDOUT, LibGioSubprocess.G_SUBPROCESS_FLAGS_STDERR_MERGE);
    }

    private static int flag(GLibSubprocessStdio stream, GLibSubprocessStdio special, int flag) {
        return stream == special ? flag : 0;
    }

    /** Makes the pipes, and the channels on them, which are not registered yet. */
    void openStreams() throws IOException {
        FileDescriptor toChild = open(
                plan.stdin(), true, fd -> LibGioSubprocess.g_subprocess_launcher_take_stdin_fd(launcher, (int) fd));
        FileDescriptor fromChild = open(
                plan.stdout(), false, fd -> LibGioSubprocess.g_subprocess_launcher_take_stdout_fd(launcher, (int) fd));
        FileDescriptor errors = open(
                plan.stderr(), false, fd -> LibGioSubprocess.g_subprocess_launcher_take_stderr_fd(launcher, (int) fd));
        if (fromChild != null && toChild != null) {
            channel = new GLibFdChannel(fromChild, toChild);
        } else if (fromChild != null) {
            channel = new GLibFdChannel(fromChild);
        } else if (toChild != null) {
            channel = new GLibFdChannel(toChild);
        }
        if (errors != null) {
            errorChannel = new GLibFdChannel(errors);
        }
    }

    /** Returns our end of a pipe, if the stream is one. */
    private @Nullable FileDescriptor open(GLibSubprocessStdio stream, boolean childReads, LongConsumer taker)
            throws IOException {
        FileDescriptor given = stream.descriptor();
        if (given != null) {
            if (!given.isOpen()) {
                // Its number may be another's now.
                throw new IOException("closed before it could be handed over: " + given);
            }
            // The launcher closes what it takes, and the given one has an owner who may close it again.
            taker.accept(Descriptors.duplicate(given.intValue()));
            return null;
        }
        if (stream != GLibSubprocessStdio.PIPE) {
            return null;
        }
        int[] ends = Descriptors.pipe();
        taker.accept(ends[childReads ? 0 : 1]);
        FileDescriptor own = new FileDescriptor(ends[childReads ? 1 : 0]);
        ours.add(own);
        return own;
    }

    @Nullable GLibFdChannel channel() {
        return channel;
    }

    @Nullable GLibFdChannel errorChannel() {
        return errorChannel;
    }

    /**
     * Starts the process.
     *
     * @return a {@code GSubprocess}, with a reference for the caller
     */
    long spawn() throws GErrorException {
        try (Arena arena = Arena.ofConfined()) {
            setEnvironment(arena);
            if (plan.directory() != null) {
                LibGioSubprocess.g_subprocess_launcher_set_cwd(launcher, CStrings.of(arena, plan.directory()));
            }
            long arguments = CStrings.vectorOf(arena, plan.arguments());
            ErrorSlot slot = ErrorSlot.get();
            long process = SignalMask.withoutBlocked(
                    () -> LibGioSubprocess.g_subprocess_launcher_spawnv(launcher, arguments, slot.address()));
            slot.check();
            return process;
        }
    }

    private void setEnvironment(Arena arena) {
        if (!plan.inheritsEnvironment()) {
            LibGioSubprocess.g_subprocess_launcher_set_environ(launcher, CStrings.vectorOf(arena, List.of()));
        }
        plan.environment().forEach((variable, value) -> {
            long name = CStrings.of(arena, variable);
            if (value.isPresent()) {
                LibGioSubprocess.g_subprocess_launcher_setenv(launcher, name, CStrings.of(arena, value.get()), true);
            } else {
                LibGioSubprocess.g_subprocess_launcher_unsetenv(launcher, name);
            }
        });
    }

    /** There is a process; the channels go on without the launcher. */
    void keepChannels() {
        kept = true;
    }

    /** Closes the child's ends here. They are the child's alone now: we would never see their end otherwise. */
    @Override
    public void close() throws IOException {
        LibGobject.g_object_unref(launcher);
        if (!kept) {
            for (FileDescriptor own : ours) {
                own.close();
            }
        }
    }
}
