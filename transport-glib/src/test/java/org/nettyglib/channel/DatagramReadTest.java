package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.gnome.glib.MainLoop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.DatagramRecorder.Packet;
import org.nettyglib.loop.GLibEventLoop;

/** How a datagram channel reads. */
class DatagramReadTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final DatagramFixture datagrams = new DatagramFixture(loops);
    private final DatagramRecorder received = new DatagramRecorder();
    private GLibDatagramChannel sender;

    @BeforeEach
    void bindSender() throws InterruptedException {
        sender = DatagramFixture.bind(datagrams.udp(new DatagramRecorder()));
    }

    /** Datagrams of 0, 1, 2, … bytes, all there when this returns. */
    private void send(Channel to, int count) throws InterruptedException {
        for (int i = 0; i < count - 1; i++) {
            sender.write(datagrams.packet(Payload.bytes(i), to), sender.voidPromise());
        }
        Await.success(sender.writeAndFlush(datagrams.packet(Payload.bytes(count - 1), to)));
    }

    private void assertCounted(int count) throws InterruptedException {
        List<Packet> packets = received.await(count);
        for (int i = 0; i < count; i++) {
            assertThat(packets.get(i).bytes()).isEqualTo(Payload.bytes(i));
            assertThat(packets.get(i).sender()).isEqualTo(sender.localAddress());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadManyWithOneCallWhereTheirSizeIsKnown(boolean connected) throws Exception {
        GLibDatagramChannel receiver = DatagramFixture.bind(datagrams
                .udp(received)
                .option(GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, 100)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(1000))
                .option(ChannelOption.AUTO_READ, false));
        if (connected) {
            Await.success(receiver.connect(sender.localAddress()));
        }
        send(receiver, 25);

        receiver.read();
        Await.until(() -> received.count(Event.READ_COMPLETE) == 1, () -> "one call, but " + received.events());
        assertThat(received.packets()).hasSize(10);
        loops.assertIdle();

        receiver.config().setAutoRead(true);
        assertCounted(25);
        loops.assertIdle();
    }

    @Test
    void shouldReadWhereTheBufferHasRoomForOneOnly() throws Exception {
        GLibDatagramChannel receiver = DatagramFixture.bind(datagrams
                .udp(received)
                .option(GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, 1400)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(1400)));
        send(receiver, 20);
        assertCounted(20);
    }

    @Test
    void shouldSayWhichOfManyWasTruncated() throws Exception {
        GLibDatagramChannel receiver = DatagramFixture.bind(datagrams
                .udp(received)
                .option(GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, 10)
                .option(ChannelOption.AUTO_READ, false));
        send(receiver, 13);
        receiver.read();
        List<Packet> packets = received.await(13);
        assertThat(packets.subList(0, 11)).allMatch(packet -> packet.truncated() == null);
        assertThat(packets.get(11).truncated()).isEqualTo(new GLibTruncatedDatagram(11, 10));
        assertThat(packets.get(12).truncated()).isEqualTo(new GLibTruncatedDatagram(12, 10));
        assertThat(packets.get(12).bytes()).isEqualTo(Arrays.copyOf(Payload.bytes(12), 10));
    }

    @Test
    void shouldReadOneAtATimeOnDemandAndNotSpin() throws Exception {
        GLibDatagramChannel receiver =
                DatagramFixture.bind(datagrams.udp(received).option(ChannelOption.AUTO_READ, false));
        send(receiver, 3);
        loops.assertIdle();
        assertThat(received.packets()).isEmpty();
        for (int i = 1; i <= 3; i++) {
            receiver.read();
            received.await(i);
            loops.assertIdle();
            assertThat(received.packets()).hasSize(i);
            assertThat(received.count(Event.READ_COMPLETE)).isEqualTo(i);
        }
        receiver.read();
        loops.assertIdle();
        send(receiver, 1);
        received.await(4);
    }

    @Test
    void shouldReadNoMoreInOneLoopThanItsAllocatorAllows() throws Exception {
        AtomicInteger most = new AtomicInteger();
        DatagramRecorder counting = new DatagramRecorder() {
            private int inThisLoop;

            @Override
            void on(Event event, Channel from, Object detail) throws Exception {
                if (event == Event.READ) {
                    most.accumulateAndGet(++inThisLoop, Math::max);
                } else if (event == Event.READ_COMPLETE) {
                    inThisLoop = 0;
                }
                super.on(event, from, detail);
            }
        };
        GLibDatagramChannel receiver = DatagramFixture.bind(datagrams
                .udp(counting)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(2048).maxMessagesPerRead(7)));
        Await.success(loops.loop().submit(() -> {
            for (int i = 0; i < 40; i++) {
                sender.write(datagrams.packet(Payload.bytes(i), receiver), sender.voidPromise());
            }
            sender.flush();
        }));
        counting.await(40);
        assertThat(most).hasValue(7);
    }

    /** What was received with the same call, and not yet delivered, is released. */
    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void shouldDeliverNothingAfterItWasClosed(int payloadSize) throws Exception {
        DatagramRecorder closer = new DatagramRecorder() {
            @Override
            void on(Event event, Channel from, Object detail) throws Exception {
                super.on(event, from, detail);
                if (event == Event.READ && packets().size() == 3) {
                    from.close();
                }
            }
        };
        GLibDatagramChannel receiver = DatagramFixture.bind(
                datagrams.udp(closer).option(GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, payloadSize));
        Await.success(loops.loop().submit(() -> {
            for (int i = 0; i < 20; i++) {
                sender.write(datagrams.packet(Payload.bytes(i), receiver), sender.voidPromise());
            }
            sender.flush();
        }));
        closer.assertClosedOnce();
        closer.await(3);
        loops.assertIdle();
    }

    /** The memory of a system call is shared by the channels of a loop, and a handler may run the loop. */
    @Test
    void shouldReadOtherChannelsInsideANestedLoop() throws Exception {
        GLibEventLoop loop = (GLibEventLoop) loops.loop();
        DatagramRecorder nesting = new DatagramRecorder() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
                MainLoop nested = new MainLoop(loop.mainContext(), false);
                EventExecutor executor = context.executor();
                // Two rounds, in which the others read and write.
                executor.execute(() -> executor.execute(nested::quit));
                nested.run();
                super.channelRead(context, message);
            }
        };
        GLibDatagramChannel receiver =
                DatagramFixture.bind(datagrams.udp(nesting).option(GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, 2048));
        GLibDatagramChannel other = DatagramFixture.bind(datagrams.udp(received));
        for (int i = 0; i < 100; i++) {
            sender.write(datagrams.packet(Payload.bytes(i), receiver), sender.voidPromise());
            sender.write(datagrams.packet(Payload.bytes(i), other), sender.voidPromise());
            if (i % 10 == 9) {
                sender.flush();
            }
        }
        assertCounted(100);
        List<Packet> packets = nesting.await(100);
        for (int i = 0; i < 100; i++) {
            assertThat(packets.get(i).bytes()).isEqualTo(Payload.bytes(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10_000})
    void shouldTakeApartWhatTheKernelHasJoined(int payloadSize) throws Exception {
        GLibDatagramChannel receiver = DatagramFixture.bind(datagrams
                .udp(received)
                .option(GLibChannelOption.UDP_GRO, true)
                .option(GLibChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, payloadSize));
        byte[] bytes = Payload.bytes(16 * 512 + 44);
        SegmentedDatagramPacket joined =
                new SegmentedDatagramPacket(datagrams.direct(bytes), 512, receiver.localAddress());
        Await.success(sender.writeAndFlush(joined));

        List<Packet> packets = received.await(17);
        ByteBuf all = UnpooledByteBufAllocator.DEFAULT.heapBuffer();
        for (Packet packet : packets) {
            assertThat(packet.sender()).isEqualTo(sender.localAddress());
            assertThat(packet.length()).isLessThanOrEqualTo(512);
            all.writeBytes(packet.bytes());
        }
        assertThat(ByteBufUtil.getBytes(all)).isEqualTo(bytes);
        all.release();
        // They came as one.
        received.await(Event.READ_COMPLETE);
        loops.assertIdle();
        assertThat(received.count(Event.READ_COMPLETE)).isOne();
    }

    /** Not redirected, the original destination is where it was sent to, also for a socket that is bound to all. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void shouldNameTheOriginalDestination(String host) throws Exception {
        GLibDatagramChannel receiver = DatagramFixture.bind(
                datagrams.udp(received).option(GLibChannelOption.IP_RECVORIGDSTADDR, true),
                new InetSocketAddress("::", 0));
        InetSocketAddress destination = DatagramFixture.address(host, receiver);
        GLibDatagramChannel any =
                DatagramFixture.bind(datagrams.udp(new DatagramRecorder()), new InetSocketAddress("::", 0));
        Await.success(any.writeAndFlush(new DatagramPacket(datagrams.direct(Payload.bytes(10)), destination)));
        Packet packet = received.await(1).getFirst();
        assertThat(packet.recipient()).isEqualTo(destination);
        assertThat(packet.sender()).isEqualTo(DatagramFixture.address(host, any));
    }
}
