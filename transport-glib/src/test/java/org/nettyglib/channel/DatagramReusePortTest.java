package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.nettyglib.loop.GLibBackend;

/** Several channels, each on a loop of its own, share a port and so its load. */
class DatagramReusePortTest {
    private static final int SENDERS = 200;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final DatagramFixture datagrams = new DatagramFixture(loops);

    @Test
    void shouldSpreadSendersOverTheChannelsOfAPort() throws Exception {
        List<DatagramRecorder> recorders = new ArrayList<>();
        InetSocketAddress address = ChannelFixture.ANY_PORT;
        for (int i = 0; i < 4; i++) {
            DatagramRecorder recorder = new DatagramRecorder();
            Bootstrap bootstrap =
                    datagrams.udp(loops.newGroup(GLibBackend.fromProperty()).next(), recorder);
            GLibDatagramChannel channel =
                    DatagramFixture.bind(bootstrap.option(UnixChannelOption.SO_REUSEPORT, true), address);
            address = DatagramFixture.address(channel);
            recorders.add(recorder);
        }
        GLibDatagramChannel server = (GLibDatagramChannel) recorders.getFirst().channel();
        for (int i = 0; i < SENDERS; i++) {
            GLibDatagramChannel sender = DatagramFixture.bind(datagrams.udp(new DatagramRecorder()));
            Await.success(sender.writeAndFlush(datagrams.packet(Payload.bytes(10), server)));
            Await.success(sender.close());
        }
        Await.until(
                () -> recorders.stream()
                                .mapToInt(recorder -> recorder.packets().size())
                                .sum()
                        == SENDERS,
                () -> "all packets to arrive");
        assertThat(recorders).allMatch(recorder -> recorder.packets().size() > SENDERS / 20);
    }
}
