package org.nettyglib.testsuite.unix;

import io.netty.channel.unix.Socket;
import io.netty.channel.unix.tests.SocketTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.nettyglib.channel.GLibSocketChannel;

/** The socket inside a channel, which the tests expect to be as the kernel made it. */
class GLibSocketTest extends SocketTest<Socket> {

    @Override
    protected Socket newSocket() {
        Socket socket = (Socket) new GLibSocketChannel().fd();
        try {
            socket.setTcpNoDelay(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return socket;
    }

    /** SOL_SOCKET of asm-generic/socket.h. */
    @Override
    protected int level() {
        return 1;
    }

    /** SO_REUSEADDR of asm-generic/socket.h. */
    @Override
    protected int optname() {
        return 2;
    }
}
