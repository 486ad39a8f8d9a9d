package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.loop.GLibBackend;

/** Datagram channels that leave their loop for the same or for another one. */
@SuppressWarnings("FutureReturnValueIgnored") // a step whose outcome shows elsewhere
class DatagramReregisterTest {
    /** More than the kernel keeps for a receiver that does not read. */
    private static final int MANY = 1000;

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
        Channel receiver = idleReceiver(loops.loop(), received);
        Channel channel = ChannelFixture.channel(datagrams.unix(events).connect(receiver.localAddress()));
        CountDownLatch written = new CountDownLatch(MANY);
        for (int i = 0; i < MANY; i++) {
            channel.write(datagrams.direct(Payload.bytes(i + 1))).addListener(future -> written.countDown());
        }
        channel.flush();
        Await.success(channel.deregister());
        assertThat(written.getCount()).isPositive();

        Await.success(to.register(channel));
        loops.assertIdle();
        receiver.config().setAutoRead(true);
        assertThat(written.await(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(received.await(MANY))
                .extracting(DatagramRecorder.Packet::length)
                .isSorted();
    }

    /** It waited by a timer of the loop that it has left, and took that for one of its new loop. */
    @ParameterizedTest
    @EnumSource
    void shouldWaitForItsReceiverInLoopItIsMovedTo(MoveTarget target) throws Exception {
        EventLoop to = target.of(loops);
        DatagramRecorder received = new DatagramRecorder();
        Channel receiver = idleReceiver(loops.loop(), received);
        Channel channel = ChannelFixture.channel(datagrams.unix(events).bind(new DomainSocketAddress("")));
        CountDownLatch written = write(MANY, channel, receiver);
        // It waits by timers now: poll(2) knows nothing of the receiver.
        loops.assertIdle();

        // At once, so that the timer is still running.
        Await.success(move(channel, to));
        loops.assertIdle();
        assertThat(written.getCount()).isPositive();
        receiver.config().setAutoRead(true);
        assertThat(written.await(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
        received.await(MANY);
    }

    /** The wait that it has left there must not be taken for a new one. */
    @ParameterizedTest
    @EnumSource
    void shouldWaitForItsReceiverInLoopItComesBackTo(MoveTarget target) throws Exception {
        EventLoop to = target.of(loops);
        EventLoop ofReceiver = loops.newGroup(GLibBackend.fromProperty()).next();
        Channel channel = ChannelFixture.channel(datagrams.unix(events).bind(new DomainSocketAddress("")));
        int kept = writeToOneWhoReadsLater(channel);
        DatagramRecorder received = new DatagramRecorder();
        Channel receiver = idleReceiver(ofReceiver, received);
        CountDownLatch written = write(kept + 1, channel, receiver);
        loops.assertIdle();
        assertThat(written.getCount()).isOne();

        // It leaves before the timer of the loop, which is busy, and finds room in the other.
        Await.success(Await.success(loops.loop().submit(() -> {
            Future<?> moved = move(channel, to);
            receiver.config().setAutoRead(true);
            received.await(kept);
            return moved;
        })));
        assertThat(written.await(Await.SECONDS, TimeUnit.SECONDS)).isTrue();

        Await.success(move(channel, loops.loop()));
        writeToOneWhoReadsLater(channel);
    }

    /** What waited in such a channel, which no bind or connect has made active, was forgotten by its new loop. */
    @ParameterizedTest
    @EnumSource
    void shouldFinishPendingWritesOfChannelThatIsActiveByRegistration(MoveTarget target) throws Exception {
        EventLoop to = target.of(loops);
        DatagramRecorder received = new DatagramRecorder();
        Channel receiver = idleReceiver(loops.loop(), received);
        Channel channel = ChannelFixture.channel(datagrams
                .unix(events)
                .option(ChannelOption.DATAGRAM_CHANNEL_ACTIVE_ON_REGISTRATION, true)
                .register());
        // In one go on the loop, which so has no chance to write on.
        CountDownLatch written = Await.success(loops.loop().submit(() -> {
            CountDownLatch result = write(MANY, channel, receiver);
            channel.deregister();
            return result;
        }));
        Await.until(() -> !channel.isRegistered(), () -> "deregistered");
        Await.success(to.register(channel));
        loops.assertIdle();
        assertThat(written.getCount()).isPositive();

        receiver.config().setAutoRead(true);
        assertThat(written.await(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
        received.await(MANY);
    }

    private Channel idleReceiver(EventLoop loop, DatagramRecorder received) throws InterruptedException {
        return ChannelFixture.channel(datagrams
                .unix(received)
                .clone(loop)
                .option(ChannelOption.AUTO_READ, false)
                .bind(new DomainSocketAddress("")));
    }

    /** Writes datagrams of 0, 1, 2, … bytes. */
    private CountDownLatch write(int count, Channel channel, Channel receiver) {
        DomainSocketAddress address = (DomainSocketAddress) receiver.localAddress();
        CountDownLatch written = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            channel.write(new DomainDatagramPacket(datagrams.direct(Payload.bytes(i)), address))
                    .addListener(future -> written.countDown());
        }
        channel.flush();
        return written;
    }

    /**
     * Writes to one who reads only when the channel waits.
     *
     * @return how many datagrams the kernel has kept until then
     */
    private int writeToOneWhoReadsLater(Channel channel) throws Exception {
        DatagramRecorder received = new DatagramRecorder();
        Channel receiver = idleReceiver(loops.loop(), received);
        CountDownLatch written = write(MANY, channel, receiver);
        loops.assertIdle();
        int kept = MANY - (int) written.getCount();
        receiver.config().setAutoRead(true);
        assertThat(written.await(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
        received.await(MANY);
        return kept;
    }

    /** With nothing in between: the loop that it leaves hands it over. */
    private static Future<?> move(Channel channel, EventLoop to) {
        ChannelPromise moved = new DefaultChannelPromise(channel, GlobalEventExecutor.INSTANCE);
        channel.deregister().addListener(left -> to.register(moved));
        return moved;
    }
}
