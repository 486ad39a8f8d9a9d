package org.nettyglib.gio;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nettyglib.channel.GLibFdChannel;
import org.nettyglib.ffi.Descriptors;
import org.nettyglib.ffi.Environment;
import org.nettyglib.ffi.Fcntl;
import org.nettyglib.ffi.Pidfd;
import org.nettyglib.ffi.Spawn;

/**
 * What starts one child, and both ends of the pipes to and from it. Until {@link #spawn()} has returned, all of them are closed
 * with it.
 */
final class SubprocessLauncher implements AutoCloseable {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private final SubprocessPlan plan;
    private final Spawn spawn;
    private final List<FileDescriptor> ours = new ArrayList<>();
    private final List<FileDescriptor> theirs = new ArrayList<>();
    private @Nullable GLibFdChannel channel;
    private @Nullable GLibFdChannel errorChannel;
    private boolean started;

    SubprocessLauncher(SubprocessPlan plan) throws IOException {
        this.plan = plan;
        spawn = new Spawn();
    }

    /** Makes the pipes, and the channels on them, which are not registered yet. */
    void openStreams() throws IOException {
        FileDescriptor toChild = open(plan.stdin(), STDIN);
        FileDescriptor fromChild = open(plan.stdout(), STDOUT);
        // After the standard output, which it may be the same as.
        FileDescriptor errors = open(plan.stderr(), STDERR);
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
    private @Nullable FileDescriptor open(GLibSubprocessStdio stream, int standard) throws IOException {
        FileDescriptor given = stream.descriptor();
        if (given != null) {
            handOver(given, standard);
        } else if (stream == GLibSubprocessStdio.NULL) {
            spawn.openNull(standard, standard == STDIN ? Fcntl.O_RDONLY : Fcntl.O_WRONLY);
        } else if (stream == GLibSubprocessStdio.STDOUT) {
            spawn.duplicate(STDOUT, standard);
        } else if (stream == GLibSubprocessStdio.PIPE) {
            return openPipe(standard);
        }
        return null;
    }

    private void handOver(FileDescriptor given, int standard) throws IOException {
        if (!given.isOpen()) {
            // Its number may be another's now.
            throw new IOException("closed before it could be handed over: " + given);
        }
        int fd = given.intValue();
        if (isStandard(fd)) {
            // The child may have set another for it before this one is looked at.
            fd = Descriptors.duplicateAboveStandard(fd);
            theirs.add(new FileDescriptor(fd));
        }
        spawn.duplicate(fd, standard);
    }

    private FileDescriptor openPipe(int standard) throws IOException {
        int[] ends = Descriptors.pipe();
        FileDescriptor reader = new FileDescriptor(ends[0]);
        FileDescriptor writer = new FileDescriptor(ends[1]);
        boolean childReads = standard == STDIN;
        FileDescriptor own = childReads ? writer : reader;
        ours.add(own);
        theirs.add(childReads ? reader : writer);
        spawn.duplicate(theirs.getLast().intValue(), standard);
        return own;
    }

    private static boolean isStandard(int fd) {
        return fd <= STDERR;
    }

    @Nullable GLibFdChannel channel() {
        return channel;
    }

    @Nullable GLibFdChannel errorChannel() {
        return errorChannel;
    }

    /** Starts the process. */
    ChildProcess spawn() throws IOException {
        if (plan.directory() != null) {
            spawn.directory(plan.directory());
        }
        try (Environment environment = plan.inheritsEnvironment() ? Environment.ofThisProcess() : Environment.empty()) {
            plan.environment()
                    .forEach((name, value) ->
                            value.ifPresentOrElse(text -> environment.set(name, text), () -> environment.remove(name)));
            int pid = spawn.start(plan.arguments(), environment);
            // Nobody else awaits it, so its id means it.
            ChildProcess child = new ChildProcess(pid, new FileDescriptor(Pidfd.open(pid)), plan.killOnClose());
            started = true;
            return child;
        }
    }

    /** Closes the child's ends here. They are the child's alone now: we would never see their end otherwise. */
    @Override
    public void close() throws IOException {
        spawn.close();
        closeAll(theirs);
        if (!started) {
            closeAll(ours);
        }
    }

    private static void closeAll(List<FileDescriptor> descriptors) throws IOException {
        for (FileDescriptor descriptor : descriptors) {
            descriptor.close();
        }
    }
}
