package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two processes that find each other by an IPv6 group. */
class MulticastProcessesTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final DatagramFixture datagrams = new DatagramFixture(loops);

    @Test
    void shouldReachOtherProcess() throws Exception {
        MulticastNetwork network = MulticastNetwork.find(true);
        int port = datagrams.unusedAddress().getPort();
        try (Program peer = Program.start(Program.java(MulticastPeer.class, Integer.toString(port)))) {
            peer.awaitOutput(MulticastPeer.READY.length());
            DatagramRecorder answers = new DatagramRecorder();
            GLibDatagramChannel channel = DatagramFixture.bind(
                    network.sender(datagrams.udp(answers)), new InetSocketAddress(network.own(), 0));
            for (int i = 1; i <= 10; i++) {
                Await.success(channel.writeAndFlush(new DatagramPacket(
                        datagrams.direct(Payload.bytes(i)), new InetSocketAddress(network.group(), port))));
                DatagramRecorder.Packet answer = answers.await(i).getLast();
                assertThat(answer.bytes()).isEqualTo(Payload.bytes(i));
                assertThat(answer.from().getPort()).isEqualTo(port);
            }
            peer.closeInput();
            peer.awaitSuccess();
        }
    }
}
