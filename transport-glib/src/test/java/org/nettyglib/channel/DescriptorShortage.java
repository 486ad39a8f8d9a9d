package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.unix.Errors;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.nettyglib.loop.GLibEventLoopGroup;

/**
 * A program, to be run with a low limit of open files: a server has none left when somebody connects. It ends with an
 * exception if the server does not come through that.
 */
final class DescriptorShortage {
    /** {@code asm-generic/errno-base.h}: EMFILE, as Netty has it. */
    private static final int EMFILE = -24;

    /** What it says in the end. */
    static final String SURVIVED = "survived";

    private DescriptorShortage() {}

    public static void main(String[] arguments) throws Exception {
        StreamKind kind = StreamKind.valueOf(arguments[0]);
        GLibEventLoopGroup group = new GLibEventLoopGroup(1);
        Recorder events = new Recorder();
        Channel server = ChannelFixture.channel(new ServerBootstrap()
                .group(group)
                .channel(kind.server())
                .handler(events)
                .childHandler(new SharedEcho())
                .bind(kind.unusedAddress()));
        Deque<FileInputStream> fillers = new ArrayDeque<>();
        try (Peer before = Peer.connect(server.localAddress());
                SpinCheck spinCheck = SpinCheck.of(server.eventLoop())) {
            assertServed(before);
            spinCheck.assertIdle();
            fillDescriptorTable(fillers);
            // One for the client, none for the server.
            fillers.pop().close();
            long start = System.nanoTime();
            try (Peer waiting = Peer.connect(server.localAddress())) {
                events.await(Event.EXCEPTION);
                assertThat(events.exceptions().getFirst()).isInstanceOf(Errors.NativeIoException.class);
                assertThat(((Errors.NativeIoException) events.exceptions().getFirst()).expectedErr())
                        .isEqualTo(EMFILE);
                spinCheck.assertIdle();
                // The bootstrap has the server try again once in a second.
                Await.until(
                        () -> events.count(Event.EXCEPTION) >= 3, () -> "two more, but there is " + events.events());
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
                assertThat((long) events.count(Event.EXCEPTION)).isBetween(3L, seconds + 2);
                spinCheck.assertIdle();
                assertServed(before);
                assertThat(server.isActive()).isTrue();

                close(fillers);

                assertServed(waiting);
            }
            try (Peer after = Peer.connect(server.localAddress())) {
                assertServed(after);
            }
        } finally {
            close(fillers);
        }
        Await.success(group.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS));
        System.out.print(SURVIVED);
    }

    private static void fillDescriptorTable(Deque<FileInputStream> fillers) {
        try {
            for (; ; ) {
                fillers.push(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("Too many open files");
        }
    }

    private static void close(Deque<FileInputStream> fillers) throws IOException {
        while (!fillers.isEmpty()) {
            fillers.pop().close();
        }
    }

    private static void assertServed(Peer peer) throws IOException {
        byte[] data = Payload.bytes(100);
        peer.write(data);
        assertThat(peer.read(data.length)).isEqualTo(data);
    }
}
