package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.loop.GLibBackend;

/** A {@link GLibIOStreamChannel} that goes from loop to loop while it gives back what comes. */
class IOStreamMoveTest {
    private static final int ROUNDS = 20;
    private static final int MUCH = 1 << 20;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    /** Thread by thread, because pipes block. */
    private interface Transfer {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> start(Transfer transfer) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        transfer.run();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    /** What ends while the channel is between two loops, or on its way to a third, is not lost. */
    @ParameterizedTest
    @EnumSource
    void shouldLoseNothing(IOStreamKind kind) throws Exception {
        GLibBackend backend = GLibBackend.fromProperty();
        List<EventLoop> all = List.of(
                loops.loop(),
                loops.newGroup(backend).next(),
                loops.newGroup(backend).next());
        for (int round = 0; round < ROUNDS; round++) {
            echo(kind, all, Payload.bytes(MUCH));
        }
        loops.assertNoChannelLeft();
    }

    private void echo(IOStreamKind kind, List<EventLoop> all, byte[] data) throws Exception {
        try (IOStreamEnds ends = kind.open()) {
            Channel channel = ends.register(FdPipes.bootstrap(loops, new SharedEcho()));
            CompletableFuture<Void> sent = start(() -> {
                ends.toStream().write(data);
                ends.toStream().flush();
            });
            CompletableFuture<Void> received =
                    start(() -> assertThat(Payload.checksum(ends.fromStream().readNBytes(data.length)))
                            .isEqualTo(Payload.checksum(data)));
            for (int i = 1; !received.isDone() && i < 1_000; i++) {
                Thread.sleep(0, ThreadLocalRandom.current().nextInt(900_000));
                Await.success(channel.deregister());
                Await.success(all.get(i % all.size()).register(channel));
            }
            sent.get(Await.SECONDS, TimeUnit.SECONDS);
            received.get(Await.SECONDS, TimeUnit.SECONDS);
            Await.success(channel.close());
        }
    }
}
