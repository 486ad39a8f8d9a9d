package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups are joined and left, sources let in and blocked, over IPv4 and IPv6. */
class MulticastTest {
    private static final int MULTICAST = 10;
    private static final int MARKER = 20;

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final DatagramFixture datagrams = new DatagramFixture(loops);
    private final DatagramRecorder received = new DatagramRecorder();

    private GLibDatagramChannel bindReceiver(DatagramRecorder recorder, int port) throws InterruptedException {
        Bootstrap bootstrap = datagrams.udp(recorder).option(ChannelOption.SO_REUSEADDR, true);
        return DatagramFixture.bind(bootstrap, new InetSocketAddress("::", port));
    }

    private GLibDatagramChannel bindReceiver() throws InterruptedException {
        return bindReceiver(received, 0);
    }

    private GLibDatagramChannel bindSender(MulticastNetwork network) throws InterruptedException {
        return DatagramFixture.bind(
                network.sender(datagrams.udp(new DatagramRecorder())), new InetSocketAddress(network.own(), 0));
    }

    private static InetSocketAddress at(InetAddress address, GLibDatagramChannel channel) {
        return new InetSocketAddress(address, DatagramFixture.address(channel).getPort());
    }

    /** Sends to the group, and behind that to the receiver alone; says whether both came. */
    private boolean comes(MulticastNetwork network, GLibDatagramChannel sender, GLibDatagramChannel receiver)
            throws InterruptedException {
        int before = received.packets().size();
        Await.success(sender.writeAndFlush(
                new DatagramPacket(datagrams.direct(Payload.bytes(MULTICAST)), at(network.group(), receiver))));
        Await.success(sender.writeAndFlush(
                new DatagramPacket(datagrams.direct(Payload.bytes(MARKER)), at(network.own(), receiver))));
        Await.until(
                () -> received.packets().size() > before
                        && received.packets().getLast().length() == MARKER,
                () -> "the packet to the receiver alone");
        var fresh = received.packets().subList(before, received.packets().size());
        assertThat(fresh).allMatch(packet -> at(network.own(), sender).equals(packet.sender()));
        assertThat(fresh).hasSizeBetween(1, 2);
        return fresh.size() == 2;
    }

    @ParameterizedTest(name = "IPv6 {0}")
    @ValueSource(booleans = {false, true})
    void shouldReceiveWhileJoined(boolean inet6) throws Exception {
        MulticastNetwork network = MulticastNetwork.find(inet6);
        GLibDatagramChannel receiver = bindReceiver();
        GLibDatagramChannel sender = bindSender(network);
        InetSocketAddress group = at(network.group(), receiver);
        NetworkInterface networkInterface = network.networkInterface();

        assertThat(comes(network, sender, receiver)).isFalse();
        Await.success(receiver.joinGroup(group, networkInterface));
        assertThat(comes(network, sender, receiver)).isTrue();
        assertThat(Await.failure(receiver.joinGroup(group, networkInterface))).isInstanceOf(IOException.class);
        Await.success(receiver.leaveGroup(group, networkInterface));
        assertThat(comes(network, sender, receiver)).isFalse();
        assertThat(Await.failure(receiver.leaveGroup(group, networkInterface))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest(name = "IPv6 {0}")
    @ValueSource(booleans = {false, true})
    void shouldJoinOnConfiguredInterface(boolean inet6) throws Exception {
        MulticastNetwork network = MulticastNetwork.find(inet6);
        GLibDatagramChannel receiver = bindReceiver();
        receiver.config().setNetworkInterface(network.networkInterface());
        GLibDatagramChannel sender = bindSender(network);

        Await.success(receiver.joinGroup(network.group()));
        assertThat(comes(network, sender, receiver)).isTrue();
        Await.success(receiver.block(network.group(), network.own()));
        assertThat(comes(network, sender, receiver)).isFalse();
        Await.success(receiver.leaveGroup(network.group()));
        assertThat(comes(network, sender, receiver)).isFalse();
    }

    @ParameterizedTest(name = "IPv6 {0}")
    @ValueSource(booleans = {false, true})
    void shouldReceiveFromJoinedSourceOnly(boolean inet6) throws Exception {
        MulticastNetwork network = MulticastNetwork.find(inet6);
        GLibDatagramChannel receiver = bindReceiver();
        GLibDatagramChannel sender = bindSender(network);
        NetworkInterface networkInterface = network.networkInterface();

        Await.success(receiver.joinGroup(network.group(), networkInterface, network.stranger()));
        assertThat(comes(network, sender, receiver)).isFalse();
        Await.success(receiver.joinGroup(network.group(), networkInterface, network.own()));
        assertThat(comes(network, sender, receiver)).isTrue();
        Await.success(receiver.leaveGroup(network.group(), networkInterface, network.own()));
        assertThat(comes(network, sender, receiver)).isFalse();
    }

    @ParameterizedTest(name = "IPv6 {0}")
    @ValueSource(booleans = {false, true})
    void shouldNotReceiveFromBlockedSource(boolean inet6) throws Exception {
        MulticastNetwork network = MulticastNetwork.find(inet6);
        GLibDatagramChannel receiver = bindReceiver();
        GLibDatagramChannel sender = bindSender(network);
        NetworkInterface networkInterface = network.networkInterface();

        Await.success(receiver.joinGroup(network.group(), networkInterface, null));
        Await.success(receiver.block(network.group(), networkInterface, network.stranger()));
        assertThat(comes(network, sender, receiver)).isTrue();
        Await.success(receiver.block(network.group(), networkInterface, network.own()));
        assertThat(comes(network, sender, receiver)).isFalse();
    }

    @ParameterizedTest(name = "IPv6 {0}")
    @ValueSource(booleans = {false, true})
    void shouldNotLoopBackWhereThatIsDisabled(boolean inet6) throws Exception {
        MulticastNetwork network = MulticastNetwork.find(inet6);
        GLibDatagramChannel receiver = bindReceiver();
        GLibDatagramChannel sender = bindSender(network);
        Await.success(receiver.joinGroup(network.group(), network.networkInterface(), null));
        sender.config().setLoopbackModeDisabled(true);
        assertThat(comes(network, sender, receiver)).isFalse();
        sender.config().setLoopbackModeDisabled(false);
        assertThat(comes(network, sender, receiver)).isTrue();
    }

    /** Another socket of this host has joined, and the kernel would give its packets to all that are bound so. */
    @ParameterizedTest(name = "IPv6 {0}")
    @ValueSource(booleans = {false, true})
    void shouldReceiveWhatOthersHaveJoinedOnlyWhereAsked(boolean inet6) throws Exception {
        MulticastNetwork network = MulticastNetwork.find(inet6);
        GLibDatagramChannel receiver = bindReceiver();
        DatagramRecorder joined = new DatagramRecorder();
        GLibDatagramChannel other =
                bindReceiver(joined, DatagramFixture.address(receiver).getPort());
        Await.success(other.joinGroup(network.group(), network.networkInterface(), null));
        GLibDatagramChannel sender = bindSender(network);
        InetSocketAddress group = at(network.group(), receiver);

        for (int i = 1; i <= 2; i++) {
            Await.success(sender.writeAndFlush(new DatagramPacket(datagrams.direct(Payload.bytes(i)), group)));
            joined.await(i);
            loops.assertIdle();
            if (i == 1) {
                assertThat(received.packets()).isEmpty();
                receiver.config().setOption(GLibChannelOption.IP_MULTICAST_ALL, true);
            } else {
                assertThat(received.await(1).getFirst().length()).isEqualTo(2);
            }
        }
    }

    @Test
    void shouldRefuseWhatIsNoGroup() throws Exception {
        GLibDatagramChannel receiver = bindReceiver();
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        for (String address : new String[] {"127.0.0.1", "::1"}) {
            assertThat(Await.failure(receiver.joinGroup(InetAddress.ofLiteral(address), loopback, null)))
                    .isInstanceOf(IOException.class);
        }
        assertThat(receiver.isActive()).isTrue();
    }
}
