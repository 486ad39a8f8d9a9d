package org.nettyglib.channel;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import org.nettyglib.loop.GLibIoEvent;
import org.nettyglib.loop.GLibIoHandle;

/** A descriptor that the loop watches. */
record DescriptorEndpoint(FileDescriptor fd) implements Endpoint {
    @Override
    public boolean isOpen() {
        return fd.isOpen();
    }

    @Override
    public Class<? extends IoHandle> handleType() {
        return GLibIoHandle.class;
    }

    @Override
    public Future<IoRegistration> register(IoEventLoop loop, AbstractGLibChannel.GLibUnsafe unsafe) {
        return loop.register(new Handle(fd, unsafe));
    }

    @Override
    public void close() throws IOException {
        fd.close();
    }

    private record Handle(FileDescriptor fd, AbstractGLibChannel.GLibUnsafe unsafe) implements GLibIoHandle {
        @Override
        public Channel channel() {
            return unsafe.channel();
        }

        @Override
        public int priority(int ofLoop) {
            return unsafe.priority(ofLoop);
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            unsafe.handle(((GLibIoEvent) event).ops());
        }

        @Override
        public void close() {
            unsafe.close();
        }

        @Override
        public String toString() {
            return channel().toString();
        }
    }
}
