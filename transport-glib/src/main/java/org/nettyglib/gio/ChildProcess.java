package org.nettyglib.gio;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.Pidfd;
import org.nettyglib.loop.GLibIoHandle;
import org.nettyglib.loop.GLibIoOps;

/**
 * A child on a loop, which sees its end by its descriptor and frees it. On the loop's thread, except where it says something
 * else.
 */
final class ChildProcess implements GLibIoHandle {
    // asm-generic/signal.h
    private static final int SIGKILL = 9;

    private final int pid;
    private final FileDescriptor pidfd;
    private final Set<ExitWait> waits = ConcurrentHashMap.newKeySet();
    private boolean killAtEndOfLoop;

    /** Whether the descriptor is good for signals. Guarded by this. */
    private boolean watched = true;

    private volatile @Nullable GLibExitStatus status;

    /** Why there will be no status. */
    private volatile @Nullable Exception unknown;

    /** @param pidfd is closed by this object */
    ChildProcess(int pid, FileDescriptor pidfd, boolean killAtEndOfLoop) {
        this.pid = pid;
        this.pidfd = pidfd;
        this.killAtEndOfLoop = killAtEndOfLoop;
    }

    int pid() {
        return pid;
    }

    /** {@return how it has ended, if that was seen} From any thread. */
    @Nullable GLibExitStatus status() {
        return status;
    }

    /** {@return why nobody here will see how it ends, if so} From any thread. */
    @Nullable Exception unknown() {
        return unknown;
    }

    /**
     * Begins to wait for the end.
     *
     * @return failed if that was not possible: then the process was killed
     */
    Future<?> watch(IoEventLoop loop) {
        Future<IoRegistration> registered = loop.register(this);
        if (!registered.isSuccess()) {
            killAtEndOfLoop = true;
            unregistered();
            return registered;
        }
        IoRegistration registration = registered.getNow();
        try {
            registration.submit(GLibIoOps.IN);
            return registered;
        } catch (RuntimeException e) {
            killAtEndOfLoop = true;
            registration.cancel();
            return loop.newFailedFuture(e);
        }
    }

    /** Somebody waits, who is told once. */
    void add(ExitWait wait) {
        waits.add(wait);
    }

    /** From any thread. */
    void remove(ExitWait wait) {
        waits.remove(wait);
    }

    /** {@return whether it was sent} From any thread. */
    synchronized boolean signal(int number) {
        return watched && Pidfd.signal(pidfd.intValue(), number);
    }

    @Override
    public FileDescriptor fd() {
        return pidfd;
    }

    @Override
    public void handle(IoRegistration own, IoEvent event) {
        if (hasEnded()) {
            own.cancel();
        }
    }

    private boolean hasEnded() {
        try {
            OptionalInt waitStatus = Pidfd.poll(pidfd.intValue());
            if (waitStatus.isEmpty()) {
                return false;
            }
            ended(new GLibExitStatus(waitStatus.getAsInt()), null);
        } catch (IOException e) {
            ended(null, new IOException("somebody else has awaited process " + pid, e));
        }
        List.copyOf(waits).forEach(ExitWait::tell);
        return true;
    }

    private synchronized void ended(@Nullable GLibExitStatus how, @Nullable Exception why) {
        watched = false;
        status = how;
        unknown = why;
    }

    @Override
    public void close() {}

    /** The process has ended, or the loop has. */
    @Override
    public void unregistered() {
        if (isWatched() && !hasEnded()) {
            if (killAtEndOfLoop) {
                signal(SIGKILL);
            }
            ended(null, new RejectedExecutionException("the event loop has ended before the process"));
            OrphanReaper.take(pid, pidfd);
            return;
        }
        try {
            pidfd.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized boolean isWatched() {
        return watched;
    }
}
