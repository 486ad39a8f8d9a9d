package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.DomainSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Datagram channels that leave their loop for the same or for another one. */
class DatagramReregisterTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final DatagramFixture datagrams = new DatagramFixture(loops);
    private final DatagramRecorder events = new DatagramRecorder();

    @ParameterizedTest
    @EnumSource
    void shouldGoOnInLoopItIsMovedTo(MoveTarget target) throws Exception {
        EventLoop to = target.of(loops);
        DatagramRecorder answers = new DatagramRecorder();
        GLibDatagramChannel peer = DatagramFixture.bind(datagrams.udp(answers));
        GLibDatagramChannel channel = DatagramFixture.bind(datagrams.udp(events));
        for (int i = 1; i <= 3; i++) {
            Await.success(channel.deregister());
            assertThat(channel.isActive()).isTrue();
            Await.success(peer.writeAndFlush(datagrams.packet(Payload.bytes(100 * i), channel)));
            loops.assertIdle();
            assertThat(events.packets()).hasSize(i - 1);

            Await.success(to.register(channel));
            assertThat(events.await(i).getLast().length()).isEqualTo(100 * i);
            assertThat(channel.eventLoop()).isSameAs(to);
            Await.success(channel.writeAndFlush(datagrams.packet(Payload.bytes(10), peer)));
            answers.await(i);
        }
        loops.assertIdle();
        assertThat(events.count(Event.ACTIVE)).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotReadUnaskedInLoopItIsMovedTo(MoveTarget target) throws Exception {
        EventLoop to = target.of(loops);
        GLibDatagramChannel peer = DatagramFixture.bind(datagrams.udp(new DatagramRecorder()));
        GLibDatagramChannel channel =
                DatagramFixture.bind(datagrams.udp(events).option(ChannelOption.AUTO_READ, false));
        Await.success(peer.writeAndFlush(datagrams.packet(Payload.bytes(100), channel)));
        Await.success(channel.deregister());
        Await.success(to.register(channel));
        loops.assertIdle();
        assertThat(events.packets()).isEmpty();

        channel.read();
        events.await(1);
    }

    /** A Unix domain socket waits for its receiver; the wait goes on in the other loop. */
    @ParameterizedTest
    @EnumSource
    void shouldFinishPendingWritesInLoopItIsMovedTo(MoveTarget target) throws Exception {
        EventLoop to = target.of(loops);
        DatagramRecorder received = new DatagramRecorder();
        Channel receiver = ChannelFixture.channel(
                datagrams.unix(received).option(ChannelOption.AUTO_READ, false).bind(new DomainSocketAddress("")));
        Channel channel = ChannelFixture.channel(datagrams.unix(events).connect(receiver.localAddress()));
        int count = 1000;
        CountDownLatch written = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            channel.write(datagrams.direct(Payload.bytes(i + 1))).addListener(future -> written.countDown());
        }
        channel.flush();
        Await.success(channel.deregister());
        assertThat(written.getCount()).isPositive();

        Await.success(to.register(channel));
        loops.assertIdle();
        receiver.config().setAutoRead(true);
        assertThat(written.await(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(received.await(count))
                .extracting(DatagramRecorder.Packet::length)
                .isSorted();
    }
}
