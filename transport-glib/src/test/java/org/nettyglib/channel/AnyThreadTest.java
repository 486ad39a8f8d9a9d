package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Several threads do to one channel whatever comes to their minds, until it is closed. */
@SuppressWarnings("FutureReturnValueIgnored") // most of it fails, as the channel is closed by then
@ParameterizedClass
@EnumSource
class AnyThreadTest {
    private static final int THREADS = 3;
    private static final int CHANNELS = 1000;
    private static final int STEPS = 60;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(3);

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final StreamKind kind;

    AnyThreadTest(StreamKind kind) {
        this.kind = kind;
    }

    @Test
    void shouldEndCleanlyWhateverIsDoneToChannel() throws Exception {
        Channel server = loops.bind(kind, loops.server(kind, new SharedEcho()));
        try (Neighbour neighbour = new Neighbour(loops)) {
            long start = System.nanoTime();
            for (int i = 0; i < CHANNELS && System.nanoTime() - start < NANOS; i++) {
                Channel channel = ChannelFixture.channel(loops.client(kind, new SharedSink())
                        .option(ChannelOption.ALLOW_HALF_CLOSURE, i % 2 == 0)
                        .connect(server.localAddress()));
                molest(channel, i);
                Await.success(channel.close());
            }
            neighbour.assertAlive();
        }
        Await.success(server.close());
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }

    private static void molest(Channel channel, int number) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random((long) number * THREADS + i);
            threads.add(Thread.ofPlatform().start(() -> molest(channel, random)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void molest(Channel channel, Random random) {
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(8)) {
                case 0, 1 -> channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[random.nextInt(100_000)]));
                case 2 -> channel.write(Unpooled.wrappedBuffer(new byte[100]));
                case 3 -> channel.flush();
                case 4 -> channel.read();
                case 5 -> channel.config().setAutoRead(false);
                case 6 -> channel.config().setAutoRead(true);
                default -> perhapsEnd(channel, random.nextInt(STEPS));
            }
        }
    }

    private static void perhapsEnd(Channel channel, int chance) {
        DuplexChannel duplex = (DuplexChannel) channel;
        switch (chance) {
            case 0 -> channel.close();
            case 1 -> duplex.shutdownOutput();
            case 2 -> duplex.shutdownInput();
            case 3 -> duplex.shutdown();
            default -> assertThat(channel.isRegistered() || !channel.isOpen()).isTrue();
        }
    }
}
