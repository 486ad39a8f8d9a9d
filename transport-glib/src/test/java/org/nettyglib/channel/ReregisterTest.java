package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.FileRegion;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Channels that leave their loop for the same or for another one. */
@SuppressWarnings("FutureReturnValueIgnored") // a step whose outcome shows elsewhere
@ParameterizedClass
@EnumSource
class ReregisterTest {
    private static final int BIG = 16 << 20;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final StreamKind kind;
    private final Recorder events = new Recorder();

    ReregisterTest(StreamKind kind) {
        this.kind = kind;
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnInLoopItIsMovedTo(MoveTarget target) throws Exception {
        EventLoop to = target.of(loops);
        try (Listener server = kind.listen()) {
            Channel channel = ChannelFixture.channel(loops.client(kind, events).connect(server.address()));
            try (Peer peer = server.accept()) {
                for (int i = 1; i <= 3; i++) {
                    Await.success(channel.deregister());
                    assertThat(channel.isRegistered()).isFalse();
                    assertThat(channel.isActive()).isTrue();
                    peer.write(Payload.bytes(1000));
                    loops.assertIdle();

                    Await.success(to.register(channel));
                    events.awaitBytes(i * 1000L);
                    assertThat(channel.eventLoop()).isSameAs(to);
                    Await.success(channel.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(10))));
                    assertThat(peer.read(10)).isEqualTo(Payload.bytes(10));
                }
                loops.assertIdle();
            }
        }
        events.await(Event.INACTIVE);
        Await.success(events.channel().deregister());
        assertThat(events.count(Event.ACTIVE)).isOne();
        assertThat(events.count(Event.INACTIVE)).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void shouldFinishPendingWriteInLoopItIsMovedTo(MoveTarget target) throws Exception {
        EventLoop to = target.of(loops);
        byte[] data = Payload.bytes(BIG);
        try (Listener server = kind.listen()) {
            Channel channel = ChannelFixture.channel(loops.client(kind, events).connect(server.address()));
            try (Peer peer = server.accept()) {
                ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(data));
                Await.success(channel.deregister());
                assertThat(written.isDone()).isFalse();

                Await.success(to.register(channel));

                assertThat(Payload.checksum(peer.read(BIG))).isEqualTo(Payload.checksum(data));
                Await.success(written);
                loops.assertIdle();
            }
        }
    }

    /** A write of many turns has its next one queued in the loop that it leaves. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAME_LOOP")
    void shouldContinueFlushOnlyInLoopItIsMovedTo(MoveTarget target) throws Exception {
        EventLoop to = target.of(loops);
        byte[] data = Payload.bytes(100);
        List<Boolean> afterTheMove = new CopyOnWriteArrayList<>();
        try (Listener server = kind.listen()) {
            Channel channel = ChannelFixture.channel(loops.client(kind, events)
                    .option(ChannelOption.WRITE_SPIN_COUNT, 1)
                    .connect(server.address()));
            ChannelPromise written = channel.newPromise();
            FileRegion region = new MadeUpRegion(data, 1) {
                @Override
                public long transferTo(WritableByteChannel out, long position) throws IOException {
                    afterTheMove.add(to.inEventLoop());
                    return super.transferTo(out, position);
                }
            };
            try (Peer peer = server.accept()) {
                Await.success(loops.loop().submit(() -> {
                    // It leaves between the first turn and the next, and is taken in before that one.
                    channel.deregister().addListener(left -> Await.success(to.register(channel)));
                    channel.writeAndFlush(region, written);
                }));
                assertThat(peer.read(data.length)).isEqualTo(data);
                Await.success(written);
                loops.assertIdle();
            }
        }
        assertThat(afterTheMove).startsWith(false, true).hasSize(data.length).containsOnlyOnce(false);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFinishConnectInLoopItIsMovedTo(MoveTarget target) throws Exception {
        EventLoop to = target.of(loops);
        try (Listener server = kind.listen()) {
            Channel channel = ChannelFixture.channel(loops.client(kind, events).register());
            ChannelPromise connected = channel.newPromise();
            // In one go on the loop, which so cannot see the end of the connect.
            Await.success(loops.loop().submit(() -> {
                channel.connect(server.address(), connected);
                channel.deregister();
            }));
            Await.until(() -> !channel.isRegistered(), () -> "deregistered");
            Await.success(to.register(channel));

            Await.success(connected);
            try (Peer peer = server.accept()) {
                peer.write(Payload.bytes(100));
                events.awaitBytes(100);
            }
            Await.success(channel.closeFuture());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotReadUnaskedInLoopItIsMovedTo(MoveTarget target) throws Exception {
        EventLoop to = target.of(loops);
        try (Listener server = kind.listen()) {
            Channel channel = ChannelFixture.channel(loops.client(kind, events)
                    .option(ChannelOption.AUTO_READ, false)
                    .connect(server.address()));
            try (Peer peer = server.accept()) {
                peer.write(Payload.bytes(1000));
                Await.success(channel.deregister());
                Await.success(to.register(channel));
                loops.assertIdle();
                assertThat(events.bytes()).isZero();

                channel.read();
                events.awaitBytes(1000);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAcceptInLoopItIsMovedTo(MoveTarget target) throws Exception {
        EventLoop to = target.of(loops);
        Recorder child = new Recorder();
        Channel server = loops.bind(kind, loops.server(kind, child));

        Await.success(server.deregister());
        try (Peer peer = Peer.connect(server.localAddress())) {
            loops.assertIdle();
            assertThat(child.events()).isEmpty();

            Await.success(to.register(server));
            peer.write(Payload.bytes(100));
            child.awaitBytes(100);
        }
        child.assertClosedOnce();
    }

    /** What an unregistered channel is told, it does at once or after it is registered again. */
    @Test
    void shouldObeyWhileUnregistered() throws Exception {
        try (Listener server = kind.listen()) {
            Channel channel = ChannelFixture.channel(loops.client(kind, events).connect(server.address()));
            try (Peer peer = server.accept()) {
                Await.success(channel.deregister());
                channel.config().setAutoRead(false);
                peer.write(Payload.bytes(100));

                Await.success(loops.loop().register(channel));
                loops.assertIdle();
                assertThat(events.bytes()).isZero();

                Await.success(channel.deregister());
                Await.success(channel.close());
                assertThat(channel.isOpen()).isFalse();
            }
        }
        loops.assertNoChannelLeft();
    }
}
