package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AddressedEnvelope;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A datagram channel that is closed while it tells of something. */
class DatagramCloseInsideEventTest {
    private static final Set<Event> OF_STREAMS =
            EnumSet.of(Event.INPUT_SHUT, Event.INPUT_SHUT_READ_COMPLETE, Event.WRITABLE, Event.UNWRITABLE);

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final DatagramFixture datagrams = new DatagramFixture(loops);

    @TempDir
    private Path directory;

    private static Stream<Arguments> events() {
        return Stream.of(true, false)
                .flatMap(unix -> Stream.of(Event.values())
                        .filter(event -> !OF_STREAMS.contains(event))
                        .map(event -> arguments(event, unix)));
    }

    @ParameterizedTest(name = "{0}, Unix domain {1}")
    @MethodSource("events")
    void shouldCloseInsideEvent(Event event, boolean unix) throws Exception {
        Closer closer = new Closer(event);
        DatagramRecorder other = new DatagramRecorder();
        try (Neighbour neighbour = new Neighbour(loops)) {
            Channel sender = ChannelFixture.channel(bootstrap(unix, other).bind(address(unix, "sender")));
            SocketAddress own = address(unix, "closer");
            ChannelFuture bound = bootstrap(unix, closer).bind(own);
            bound.addListener(future -> closer.on(Event.OPENED, bound.channel(), future));
            Await.done(bound);
            assertThat(bound.isSuccess()).isEqualTo(!event.isBeforeActive());
            if (bound.isSuccess() && bound.channel().isOpen()) {
                Channel channel = bound.channel();
                ChannelFuture connected = sender.connect(unix ? own : channel.localAddress());
                Await.done(connected);
                if (connected.isSuccess()) {
                    for (int i = 0; i < 5; i++) {
                        sender.write(datagrams.direct(Payload.bytes(i + 1)), sender.voidPromise());
                    }
                    sender.flush();
                }
                if (event == Event.WRITTEN) {
                    AddressedEnvelope<?, ?> packet = unix
                            ? new DomainDatagramPacket(
                                    datagrams.direct(Payload.bytes(1)), (DomainSocketAddress) sender.localAddress())
                            : datagrams.packet(Payload.bytes(1), sender);
                    channel.writeAndFlush(packet).addListener(future -> closer.on(Event.WRITTEN, channel, future));
                } else if (event == Event.EXCEPTION) {
                    channel.pipeline().fireExceptionCaught(new MadeUp.MadeUpException());
                } else if (EnumSet.of(Event.INACTIVE, Event.UNREGISTERED, Event.REMOVED)
                        .contains(event)) {
                    Await.success(channel.close());
                }
            }

            closer.await(event);
            closer.await(Event.UNREGISTERED);
            closer.assertClosedOnce();
            if (event == Event.READ) {
                // What came with it is dropped.
                assertThat(closer.count(Event.READ)).isOne();
            }
            Await.success(sender.close());
            neighbour.assertAlive();
            loops.assertIdle();
        }
    }

    private Bootstrap bootstrap(boolean unix, Recorder recorder) {
        return unix ? datagrams.unix(recorder) : datagrams.udp(recorder);
    }

    private SocketAddress address(boolean unix, String name) {
        return unix ? new DomainSocketAddress(directory.resolve(name).toFile()) : ChannelFixture.ANY_PORT;
    }
}
