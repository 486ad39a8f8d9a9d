package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gnome.glib.MainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nettyglib.loop.GLibBackend;

/** {@link GLibChannelOption#PRIORITY}: pipes show the order, because what is written to one is readable at once. */
class PriorityTest {
    private static final int HIGH = -100;
    private static final int LOW = 200;

    @RegisterExtension
    private final ChannelFixture fixture = new ChannelFixture();

    private final BlockingQueue<String> reads = new LinkedBlockingQueue<>();

    /** A channel that reads a pipe, and the end to write to. */
    private final class Pipe extends SimpleChannelInboundHandler<ByteBuf> {
        private final String name;
        private final FileDescriptor writer;
        private final Channel channel;
        private volatile Runnable then = () -> {};

        Pipe(String name, int priority) throws Exception {
            this.name = name;
            FileDescriptor[] ends = FileDescriptor.pipe();
            writer = ends[1];
            channel = ChannelFixture.channel(new Bootstrap()
                    .group(fixture.loop())
                    .channelFactory(() -> new GLibFdChannel(ends[0]))
                    .option(ChannelOption.ALLOCATOR, fixture.allocator())
                    .option(GLibChannelOption.PRIORITY, priority)
                    .handler(this)
                    .register());
        }

        void priority(int priority) {
            assertThat(channel.config().setOption(GLibChannelOption.PRIORITY, priority))
                    .isTrue();
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf data) {
            reads.add(name);
            then.run();
        }

        void write() {
            try {
                assertThat(writer.write(ByteBuffer.allocateDirect(1), 0, 1)).isEqualTo(1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void close() throws Exception {
            Await.success(channel.close());
            writer.close();
        }
    }

    private void writeTo(EventLoop loop, Pipe... pipes) throws InterruptedException {
        Await.success(loop.submit(() -> {
            for (Pipe pipe : pipes) {
                pipe.write();
            }
        }));
    }

    private List<String> nextReads(int count) throws InterruptedException {
        List<String> next = new ArrayList<>();
        while (next.size() < count) {
            String read = reads.poll(Await.SECONDS, TimeUnit.SECONDS);
            assertThat(read).as("after %s", next).isNotNull();
            next.add(read);
        }
        return next;
    }

    @Test
    void shouldReadTheChannelOfTheHighestPriorityFirst() throws Exception {
        Pipe low = new Pipe("low", LOW);
        Pipe normal = new Pipe("normal", 0);
        Pipe high = new Pipe("high", HIGH);
        writeTo(fixture.loop(), low, normal, high);
        assertThat(nextReads(3)).containsExactly("high", "normal", "low");
        low.close();
        normal.close();
        high.close();
        fixture.assertNoChannelLeft();
    }

    @Test
    void shouldFollowTheOptionFromAnyThreadAndInsideAnEvent() throws Exception {
        Pipe one = new Pipe("one", 0);
        Pipe two = new Pipe("two", 0);
        one.priority(LOW);
        two.then = () -> one.priority(HIGH);
        writeTo(fixture.loop(), one, two);
        assertThat(nextReads(2)).containsExactly("two", "one");
        two.then = () -> two.priority(LOW);
        writeTo(fixture.loop(), two, one);
        assertThat(nextReads(2)).containsExactly("one", "two");
        // The second read may not have ended yet.
        writeTo(fixture.loop());
        assertThat(one.channel.config().getOption(GLibChannelOption.PRIORITY)).isEqualTo(HIGH);
        assertThat(two.channel.config().getOption(GLibChannelOption.PRIORITY)).isEqualTo(LOW);
        one.close();
        two.close();
        fixture.assertNoChannelLeft();
    }

    @Test
    void shouldKeepAChannelWaitingForAsLongAsAHigherOneIsReady() throws Exception {
        Pipe low = new Pipe("low", LOW);
        Pipe busy = new Pipe("busy", 0);
        int turns = 1_000;
        int[] left = {turns};
        busy.then = () -> {
            if (--left[0] > 0) {
                busy.write();
            }
        };
        writeTo(fixture.loop(), low, busy);
        assertThat(nextReads(turns + 1).indexOf("low")).isEqualTo(turns);
        low.close();
        busy.close();
    }

    @Test
    void shouldServeEachPriorityInsideANestedMainLoop() throws Exception {
        Pipe nesting = new Pipe("nesting", HIGH);
        Pipe low = new Pipe("low", LOW);
        Pipe high = new Pipe("high", HIGH);
        nesting.then = () -> {
            MainContext context = Objects.requireNonNull(MainContext.getThreadDefault());
            AtomicBoolean lowWasRead = new AtomicBoolean();
            low.then = () -> lowWasRead.set(true);
            low.write();
            high.write();
            while (!lowWasRead.get()) {
                context.iteration(true);
            }
        };
        writeTo(fixture.loop(), nesting);
        assertThat(nextReads(3)).containsExactly("nesting", "high", "low");
        nesting.close();
        low.close();
        high.close();
    }

    @Test
    void shouldBeInheritedByWhatAServerAcceptsAndChangeWhileDataFlows() throws Exception {
        Channel server = fixture.bind(fixture.server(new SharedEcho())
                .option(GLibChannelOption.PRIORITY, HIGH)
                .childOption(GLibChannelOption.PRIORITY, LOW));
        Recorder events = new Recorder();
        Channel client = ChannelFixture.channel(fixture.client(events).connect(server.localAddress()));
        assertThat(server.config().getOption(GLibChannelOption.PRIORITY)).isEqualTo(HIGH);
        int rounds = 1_000;
        for (int i = 1; i <= rounds; i++) {
            assertThat(client.config().setOption(GLibChannelOption.PRIORITY, i % 5 - 2))
                    .isTrue();
            Await.success(client.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(100))));
            events.awaitBytes(i * 100L);
        }
        fixture.assertIdle();
        Await.success(client.close());
        Await.success(server.close());
        fixture.assertNoChannelLeft();
    }

    @Test
    void shouldGoWithAChannelToAnotherLoopAndBackend() throws Exception {
        EventLoop other = fixture.newGroup(
                        GLibBackend.fromProperty() == GLibBackend.EPOLL_SET
                                ? GLibBackend.SOURCE_PER_FD
                                : GLibBackend.EPOLL_SET)
                .next();
        Pipe one = new Pipe("one", LOW);
        Pipe two = new Pipe("two", HIGH);
        for (Pipe pipe : List.of(one, two)) {
            Await.success(pipe.channel.deregister());
        }
        two.priority(LOW + 1);
        for (Pipe pipe : List.of(two, one)) {
            Await.success(other.register(pipe.channel));
        }
        writeTo(other, two, one);
        assertThat(nextReads(2)).containsExactly("one", "two");
        one.close();
        two.close();
        fixture.assertNoChannelLeft();
    }
}
