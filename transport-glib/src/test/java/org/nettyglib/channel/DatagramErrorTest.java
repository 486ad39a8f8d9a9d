package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody listens at the other end, which the kernel learns by ICMP: an error, and the channel goes on. */
class DatagramErrorTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final DatagramFixture datagrams = new DatagramFixture(loops);
    private final DatagramRecorder events = new DatagramRecorder();

    private Channel connect(boolean autoRead, InetSocketAddress to) throws InterruptedException {
        return ChannelFixture.channel(
                datagrams.udp(events).option(ChannelOption.AUTO_READ, autoRead).connect(to));
    }

    @Test
    void shouldTellReaderAndGoOn() throws Exception {
        InetSocketAddress address = datagrams.unusedAddress();
        Channel channel = connect(true, address);
        for (int i = 1; i <= 3; i++) {
            int count = i;
            Await.success(channel.writeAndFlush(datagrams.direct(Payload.bytes(10))));
            Await.until(() -> events.count(Event.EXCEPTION) == count, () -> count + " errors in " + events.events());
            assertThat(events.exceptions().getLast())
                    .isInstanceOf(PortUnreachableException.class)
                    .hasMessageContaining("recvmmsg");
            assertThat(events.events()
                            .subList(events.events().size() - 2, events.events().size()))
                    .containsExactly(Event.READ_COMPLETE, Event.EXCEPTION);
        }
        loops.assertIdle();

        // Somebody comes, and it works.
        DatagramRecorder late = new DatagramRecorder();
        DatagramFixture.bind(datagrams.udp(late), address);
        Await.success(channel.writeAndFlush(datagrams.direct(Payload.bytes(20))));
        late.await(1);
        assertThat(channel.isActive()).isTrue();
    }

    /** Netty's DatagramConnectedWriteExceptionTest: who does not read learns it from the next write. */
    @Test
    void shouldTellWriterWhileNobodyReadsAndNotSpin() throws Exception {
        Channel channel = connect(false, datagrams.unusedAddress());
        Await.success(channel.writeAndFlush(datagrams.direct(Payload.bytes(10))));
        loops.assertIdle();
        ChannelFuture second = channel.writeAndFlush(datagrams.direct(Payload.bytes(10)));
        assertThat(Await.failure(second))
                .isInstanceOf(PortUnreachableException.class)
                .hasMessageContaining("sendmmsg");
        assertThat(events.exceptions()).isEmpty();

        Await.success(channel.writeAndFlush(datagrams.direct(Payload.bytes(10))));
        loops.assertIdle();
        channel.read();
        events.await(Event.EXCEPTION);
        assertThat(events.exceptions()).hasOnlyElementsOfType(PortUnreachableException.class);
        assertThat(channel.isActive()).isTrue();
        loops.assertIdle();
    }

    /** Without a connection nobody asks for such errors, and the kernel does not tell. */
    @Test
    void shouldNotNoticeUnconnected() throws Exception {
        GLibDatagramChannel channel = DatagramFixture.bind(datagrams.udp(events));
        InetSocketAddress address = datagrams.unusedAddress();
        for (int i = 0; i < 3; i++) {
            Await.success(channel.writeAndFlush(new DatagramPacket(datagrams.direct(Payload.bytes(10)), address)));
        }
        loops.assertIdle();
        assertThat(events.exceptions()).isEmpty();
    }
}
