package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.channel.ChannelFuture;
import java.nio.channels.ClosedChannelException;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A channel that is closed while it tells of something: its descriptor may be another's before the event returns. */
@ParameterizedClass
@EnumSource
class CloseInsideEventTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final StreamKind kind;

    CloseInsideEventTest(StreamKind kind) {
        this.kind = kind;
    }

    private static Stream<Arguments> events() {
        return Stream.of(true, false)
                .flatMap(client -> Stream.of(Event.values())
                        // A listener of a connect belongs to a client.
                        .filter(event -> client || event != Event.OPENED)
                        .map(event -> arguments(event, client)));
    }

    @ParameterizedTest(name = "{0}, client {1}")
    @MethodSource("events")
    void shouldCloseConnectionInsideEvent(Event event, boolean client) throws Exception {
        Closer closer = new Closer(event);
        try (Neighbour neighbour = new Neighbour(loops)) {
            Conversation conversation = new Conversation(loops, kind, closer);

            ChannelFuture connected = conversation.start(client);

            closer.await(event);
            closer.await(Event.UNREGISTERED);
            if (client && event.isBeforeActive()) {
                assertThat(closer.count(Event.ACTIVE)).isZero();
                assertThat(Await.failure(connected)).isInstanceOf(ClosedChannelException.class);
            } else {
                Await.success(connected);
                conversation.other().assertClosedOnce();
            }
            if (client || !event.isBeforeActive()) {
                closer.assertClosedOnce();
            } else {
                // Accepted, it was active before it could say so.
                assertThat(closer.count(Event.ACTIVE)).isZero();
                assertThat(closer.count(Event.INACTIVE)).isOne();
            }
            neighbour.assertAlive();
            loops.assertIdle();
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "ADDED",
                "REGISTERED",
                "ACTIVE",
                "OPENED",
                "READ",
                "READ_COMPLETE",
                "EXCEPTION",
                "INACTIVE",
                "UNREGISTERED",
                "REMOVED"
            })
    void shouldCloseServerInsideEvent(Event event) throws Exception {
        Closer closer = new Closer(event);
        Recorder child = new Recorder();
        try (Neighbour neighbour = new Neighbour(loops)) {
            ChannelFuture bound = loops.server(kind, child).handler(closer).bind(kind.unusedAddress());
            bound.addListener(future -> closer.on(Event.OPENED, bound.channel(), future));
            Await.done(bound);
            Peer peer = null;
            if (EnumSet.of(Event.READ, Event.READ_COMPLETE).contains(event)) {
                peer = Peer.connect(bound.channel().localAddress());
            } else if (event == Event.EXCEPTION) {
                bound.channel().pipeline().fireExceptionCaught(new MadeUp.MadeUpException());
            } else if (bound.isSuccess()) {
                Await.success(bound.channel().close());
            }

            closer.await(event);
            closer.assertClosedOnce();
            assertThat(bound.isSuccess()).isEqualTo(!event.isBeforeActive());
            if (peer != null) {
                // Accepted before, it goes on without its server.
                peer.write(Payload.bytes(100));
                child.awaitBytes(100);
                peer.close();
                child.assertClosedOnce();
            }
            neighbour.assertAlive();
            loops.assertIdle();
        }
    }
}
