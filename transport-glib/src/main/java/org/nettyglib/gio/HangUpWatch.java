package org.nettyglib.gio;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.Descriptors;
import org.nettyglib.loop.GLibIoHandle;
import org.nettyglib.loop.GLibIoOps;

/**
 * Waits for the other end of a half-closed socket to be closed. The channel itself does not: once it has seen the end of its
 * input, its descriptor leaves GLib until there is something to write. So this has a descriptor of its own for the same socket.
 * On the loop's thread.
 */
final class HangUpWatch implements GLibIoHandle {
    private final FileDescriptor fd;
    private final Runnable hungUp;
    private @Nullable IoRegistration registration;

    private HangUpWatch(FileDescriptor fd, Runnable hungUp) {
        this.fd = fd;
        this.hungUp = hungUp;
    }

    /**
     * Waits.
     *
     * @param hungUp is told once
     * @throws IOException if no descriptor is left
     */
    static <C extends Channel & UnixChannel> HangUpWatch start(C channel, Runnable hungUp) throws IOException {
        FileDescriptor fd =
                new FileDescriptor(Descriptors.duplicate(channel.fd().intValue()));
        HangUpWatch watch = new HangUpWatch(fd, hungUp);
        ((IoEventLoop) channel.eventLoop()).register(watch).addListener(registered -> {
            if (registered.isSuccess()) {
                watch.registered((IoRegistration) registered.getNow());
            } else {
                watch.unregistered();
            }
        });
        return watch;
    }

    private void registered(IoRegistration registered) {
        registration = registered;
        // An error or a hang-up is told whatever is asked for, but something has to be.
        registered.submit(GLibIoOps.ERR);
    }

    void stop() {
        if (registration != null) {
            registration.cancel();
        }
    }

    @Override
    public FileDescriptor fd() {
        return fd;
    }

    @Override
    public void handle(IoRegistration own, IoEvent event) {
        own.cancel();
        hungUp.run();
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public void unregistered() {
        try {
            fd.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
