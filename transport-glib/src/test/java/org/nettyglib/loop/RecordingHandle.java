package org.nettyglib.loop;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.FileDescriptor;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A handle that is no channel: it records what it is told. */
class RecordingHandle implements GLibIoHandle {
    final BlockingQueue<GLibIoOps> events = new LinkedBlockingQueue<>();
    final BlockingQueue<String> life = new LinkedBlockingQueue<>();
    private final FileDescriptor fd;

    RecordingHandle(FileDescriptor fd) {
        this.fd = fd;
    }

    @Override
    public FileDescriptor fd() {
        return fd;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        events.add(((GLibIoEvent) event).ops());
        registration.submit(GLibIoOps.NONE);
    }

    @Override
    public void registered() {
        life.add("registered");
    }

    @Override
    public void unregistered() {
        life.add("unregistered");
    }

    @Override
    public void close() throws Exception {
        life.add("closed");
    }
}
