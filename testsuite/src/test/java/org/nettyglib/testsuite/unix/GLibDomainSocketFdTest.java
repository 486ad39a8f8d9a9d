package org.nettyglib.testsuite.unix;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.socket.AbstractSocketTest;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.testsuite.DomainAddresses;
import org.nettyglib.testsuite.GLibSocketTestPermutation;

/** Descriptors as messages: what arrives is another number for the same open file. */
@Timeout(60)
class GLibDomainSocketFdTest extends AbstractSocketTest {

    /** More than a channel reads before it lets others have their turn. */
    private static final int MANY = 40;

    @Override
    protected SocketAddress newSocketAddress() {
        return DomainAddresses.newPath();
    }

    @Override
    protected List<BootstrapComboFactory<ServerBootstrap, Bootstrap>> newFactories() {
        return GLibSocketTestPermutation.INSTANCE.nativeDomainSocket();
    }

    @Test
    void shouldPassDescriptorsToClient(TestInfo test) throws Throwable {
        run(test, (sb, cb) -> {
            List<Pipe> pipes = pipes();
            Collect client = new Collect();
            sb.childHandler(new SendWhenActive(pipes));
            cb.option(UnixChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS);
            cb.handler(client);
            assertDescriptorsArrive(sb, cb, pipes, client);
        });
    }

    @Test
    void shouldPassDescriptorsToServer(TestInfo test) throws Throwable {
        run(test, (sb, cb) -> {
            List<Pipe> pipes = pipes();
            Collect server = new Collect();
            sb.childOption(UnixChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS);
            sb.childHandler(server);
            cb.handler(new SendWhenActive(pipes));
            assertDescriptorsArrive(sb, cb, pipes, server);
        });
    }

    private static List<Pipe> pipes() throws IOException {
        List<Pipe> pipes = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            FileDescriptor[] ends = FileDescriptor.pipe();
            pipes.add(new Pipe(ends[0], ends[1]));
        }
        return pipes;
    }

    private static void assertDescriptorsArrive(ServerBootstrap sb, Bootstrap cb, List<Pipe> pipes, Collect receiver)
            throws Exception {
        Channel server = sb.bind().sync().channel();
        Channel client = cb.connect(server.localAddress()).sync().channel();
        for (int i = 0; i < MANY; i++) {
            Pipe pipe = pipes.get(i);
            pipe.write(i);
            Object message = receiver.messages.poll(10, TimeUnit.SECONDS);
            assertThat(message).isInstanceOf(FileDescriptor.class);
            FileDescriptor passed = (FileDescriptor) message;
            assertThat(passed.intValue()).isNotEqualTo(pipe.out.intValue());
            assertThat(read(passed)).isEqualTo(i);
            passed.close();
            pipe.close();
        }
        client.close().sync();
        server.close().sync();
        assertThat(receiver.messages).isEmpty();
    }

    private static int read(FileDescriptor descriptor) throws IOException {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        assertThat(descriptor.read(one, 0, 1)).isOne();
        return one.get(0);
    }

    private record Pipe(FileDescriptor out, FileDescriptor in) {

        void write(int value) throws IOException {
            ByteBuffer one = ByteBuffer.allocateDirect(1).put(0, (byte) value);
            assertThat(in.write(one, 0, 1)).isOne();
        }

        void close() throws IOException {
            in.close();
            if (out.isOpen()) {
                out.close();
            }
        }
    }

    private static final class SendWhenActive extends ChannelInboundHandlerAdapter {

        private final List<Pipe> pipes;

        SendWhenActive(List<Pipe> pipes) {
            this.pipes = pipes;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            pipes.forEach(pipe -> ctx.write(pipe.out));
            ctx.flush();
        }
    }

    private static final class Collect extends ChannelInboundHandlerAdapter {

        final BlockingQueue<Object> messages = new LinkedBlockingQueue<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, @Nullable Object message) {
            messages.add(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            messages.add(cause);
        }
    }
}
