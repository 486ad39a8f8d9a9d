package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A handler or listener that throws, from each of the calls it gets. */
@ParameterizedClass
@EnumSource
class ThrowInsideEventTest {
    /** Netty removes a handler that cannot be added, and logs what a listener or an exceptionCaught throws. */
    private static final Set<Event> NOT_TOLD =
            EnumSet.of(Event.ADDED, Event.REMOVED, Event.OPENED, Event.WRITTEN, Event.EXCEPTION);

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final StreamKind kind;

    ThrowInsideEventTest(StreamKind kind) {
        this.kind = kind;
    }

    private static final class Thrower extends Recorder {
        private final Event when;
        private final Throwable thrown;

        Thrower(Event when, Throwable thrown) {
            this.when = when;
            this.thrown = thrown;
        }

        @Override
        void on(Event event, Channel channel, Object detail) throws Exception {
            super.on(event, channel, detail);
            if (event == when) {
                throwIt();
            }
        }

        private void throwIt() throws Exception {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        }
    }

    private static Stream<Arguments> events() {
        return Stream.of(new MadeUp.MadeUpException(), new MadeUp.MadeUpError())
                .flatMap(thrown -> Stream.of(true, false)
                        .flatMap(client -> Stream.of(Event.values())
                                .filter(event -> client || event != Event.OPENED)
                                .map(event -> arguments(event, client, thrown))));
    }

    @ParameterizedTest(name = "{0}, client {1}, {2}")
    @MethodSource("events")
    void shouldGoOnWhenHandlerThrows(Event event, boolean client, Throwable thrown) throws Exception {
        Thrower thrower = new Thrower(event, thrown);
        try (Neighbour neighbour = new Neighbour(loops)) {
            Conversation conversation = new Conversation(loops, kind, thrower);

            ChannelFuture connected = conversation.start(client);

            thrower.await(event);
            if (event == Event.ADDED) {
                // ChannelInitializer closes a channel that it cannot initialize.
                Await.done(connected);
                assertThat(connected.isSuccess()).isNotEqualTo(client);
                Await.success(thrower.channel().closeFuture());
            } else {
                Await.success(connected);
                conversation.assertAnswered();
                conversation.other().assertClosedOnce();
            }
            if (!NOT_TOLD.contains(event)) {
                assertThat(thrower.exceptions()).contains(thrown);
            }
            neighbour.assertAlive();
        }
    }
}
