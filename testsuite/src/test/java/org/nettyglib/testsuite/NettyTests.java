package org.nettyglib.testsuite;

import io.netty.channel.AbstractEventLoopTest;
import io.netty.channel.AbstractIoHandlerEventCountTest;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.DomainDatagramChannel;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.channel.unix.ServerDomainSocketChannel;
import io.netty.channel.unix.tests.DetectPeerCloseWithoutReadTest;
import io.netty.channel.unix.tests.IovArrayTest;
import io.netty.channel.unix.tests.SocketTest;
import io.netty.testsuite.transport.AbstractSingleThreadEventLoopTest;
import io.netty.testsuite.transport.socket.AbstractClientSocketTest;
import io.netty.testsuite.transport.socket.AbstractDatagramTest;
import io.netty.testsuite.transport.socket.AbstractSocketReuseFdTest;
import io.netty.testsuite.transport.socket.AbstractSocketShutdownOutputByPeerTest;
import io.netty.testsuite.transport.socket.AbstractSocketTest;
import io.netty.testsuite.transport.socket.CompositeBufferGatheringWriteTest;
import io.netty.testsuite.transport.socket.DatagramConnectNotExistsTest;
import io.netty.testsuite.transport.socket.DatagramConnectedWriteExceptionTest;
import io.netty.testsuite.transport.socket.DatagramMulticastIPv6Test;
import io.netty.testsuite.transport.socket.DatagramMulticastTest;
import io.netty.testsuite.transport.socket.DatagramUnicastIPv6MappedTest;
import io.netty.testsuite.transport.socket.DatagramUnicastIPv6Test;
import io.netty.testsuite.transport.socket.DatagramUnicastInetTest;
import io.netty.testsuite.transport.socket.DatagramUnicastTest;
import io.netty.testsuite.transport.socket.SocketAddressesTest;
import io.netty.testsuite.transport.socket.SocketAutoReadTest;
import io.netty.testsuite.transport.socket.SocketBufReleaseTest;
import io.netty.testsuite.transport.socket.SocketCancelWriteTest;
import io.netty.testsuite.transport.socket.SocketChannelNotYetConnectedTest;
import io.netty.testsuite.transport.socket.SocketCloseForciblyTest;
import io.netty.testsuite.transport.socket.SocketConditionalWritabilityTest;
import io.netty.testsuite.transport.socket.SocketConnectTest;
import io.netty.testsuite.transport.socket.SocketConnectionAttemptTest;
import io.netty.testsuite.transport.socket.SocketDataReadInitialStateTest;
import io.netty.testsuite.transport.socket.SocketEchoTest;
import io.netty.testsuite.transport.socket.SocketExceptionHandlingTest;
import io.netty.testsuite.transport.socket.SocketFileRegionTest;
import io.netty.testsuite.transport.socket.SocketFixedLengthEchoTest;
import io.netty.testsuite.transport.socket.SocketGatheringWriteTest;
import io.netty.testsuite.transport.socket.SocketHalfClosedTest;
import io.netty.testsuite.transport.socket.SocketMultipleConnectTest;
import io.netty.testsuite.transport.socket.SocketObjectEchoTest;
import io.netty.testsuite.transport.socket.SocketReadPendingTest;
import io.netty.testsuite.transport.socket.SocketRstTest;
import io.netty.testsuite.transport.socket.SocketShutdownOutputByPeerTest;
import io.netty.testsuite.transport.socket.SocketShutdownOutputBySelfTest;
import io.netty.testsuite.transport.socket.SocketSpdyEchoTest;
import io.netty.testsuite.transport.socket.SocketSslClientRenegotiateTest;
import io.netty.testsuite.transport.socket.SocketSslEchoTest;
import io.netty.testsuite.transport.socket.SocketSslGreetingTest;
import io.netty.testsuite.transport.socket.SocketSslSessionReuseTest;
import io.netty.testsuite.transport.socket.SocketStartTlsTest;
import io.netty.testsuite.transport.socket.SocketStringEchoTest;
import io.netty.testsuite.transport.socket.TrafficShapingHandlerTest;
import io.netty.testsuite.transport.socket.WriteBeforeRegisteredTest;
import java.util.List;
import org.nettyglib.channel.GLibIOStreamChannel;

/**
 * What Netty has for a transport, by the package of this testsuite that has to hold a subclass of each.
 *
 * @param name the last part of the package's name
 * @param tests Netty's classes
 * @param channels what a channel under test in this package is one of; empty where that is not the question
 * @param attached whether all loops under test in this package are attached ones; in the others none is
 */
record NettyTests(String name, List<Class<?>> tests, List<Class<? extends Channel>> channels, boolean attached) {

    static final List<NettyTests> ALL = List.of(
            new NettyTests(
                    "loop",
                    List.of(
                            AbstractSingleThreadEventLoopTest.class,
                            AbstractEventLoopTest.class,
                            AbstractIoHandlerEventCountTest.class),
                    List.of(),
                    false),
            new NettyTests(
                    "tcp",
                    List.of(
                            DetectPeerCloseWithoutReadTest.class,
                            AbstractSocketReuseFdTest.class,
                            CompositeBufferGatheringWriteTest.class,
                            SocketAddressesTest.class,
                            SocketAutoReadTest.class,
                            SocketBufReleaseTest.class,
                            SocketCancelWriteTest.class,
                            SocketChannelNotYetConnectedTest.class,
                            SocketCloseForciblyTest.class,
                            SocketConditionalWritabilityTest.class,
                            SocketConnectTest.class,
                            SocketConnectionAttemptTest.class,
                            SocketDataReadInitialStateTest.class,
                            SocketEchoTest.class,
                            SocketExceptionHandlingTest.class,
                            SocketFileRegionTest.class,
                            SocketFixedLengthEchoTest.class,
                            SocketGatheringWriteTest.class,
                            SocketHalfClosedTest.class,
                            SocketMultipleConnectTest.class,
                            SocketObjectEchoTest.class,
                            SocketReadPendingTest.class,
                            SocketRstTest.class,
                            SocketShutdownOutputByPeerTest.class,
                            SocketShutdownOutputBySelfTest.class,
                            SocketSpdyEchoTest.class,
                            SocketSslClientRenegotiateTest.class,
                            SocketSslEchoTest.class,
                            SocketSslGreetingTest.class,
                            SocketSslSessionReuseTest.class,
                            SocketStartTlsTest.class,
                            SocketStringEchoTest.class,
                            TrafficShapingHandlerTest.class,
                            WriteBeforeRegisteredTest.class),
                    List.of(SocketChannel.class, ServerSocketChannel.class),
                    false),
            new NettyTests(
                    "udp",
                    List.of(
                            DatagramConnectNotExistsTest.class,
                            DatagramConnectedWriteExceptionTest.class,
                            DatagramMulticastIPv6Test.class,
                            DatagramMulticastTest.class,
                            DatagramUnicastIPv6MappedTest.class,
                            DatagramUnicastIPv6Test.class,
                            DatagramUnicastInetTest.class),
                    List.of(DatagramChannel.class),
                    false),
            new NettyTests(
                    "unix",
                    List.of(
                            AbstractSocketReuseFdTest.class,
                            AbstractSocketShutdownOutputByPeerTest.class,
                            DatagramUnicastTest.class,
                            IovArrayTest.class,
                            SocketAddressesTest.class,
                            SocketDataReadInitialStateTest.class,
                            SocketEchoTest.class,
                            SocketFileRegionTest.class,
                            SocketFixedLengthEchoTest.class,
                            SocketGatheringWriteTest.class,
                            SocketObjectEchoTest.class,
                            SocketSslClientRenegotiateTest.class,
                            SocketSslEchoTest.class,
                            SocketSslGreetingTest.class,
                            SocketStartTlsTest.class,
                            SocketStringEchoTest.class,
                            SocketTest.class),
                    List.of(DomainSocketChannel.class, ServerDomainSocketChannel.class, DomainDatagramChannel.class),
                    false),
            new NettyTests(
                    "iostream",
                    List.of(
                            SocketAutoReadTest.class,
                            SocketBufReleaseTest.class,
                            SocketCancelWriteTest.class,
                            SocketDataReadInitialStateTest.class,
                            SocketEchoTest.class,
                            SocketFixedLengthEchoTest.class,
                            SocketGatheringWriteTest.class,
                            SocketHalfClosedTest.class,
                            SocketObjectEchoTest.class,
                            SocketReadPendingTest.class,
                            SocketShutdownOutputByPeerTest.class,
                            SocketSslEchoTest.class,
                            SocketSslGreetingTest.class,
                            SocketStartTlsTest.class,
                            SocketStringEchoTest.class),
                    List.of(GLibIOStreamChannel.class, ServerSocketChannel.class),
                    false),
            new NettyTests(
                    "attached",
                    List.of(
                            AbstractSingleThreadEventLoopTest.class,
                            AbstractEventLoopTest.class,
                            DatagramUnicastInetTest.class,
                            DetectPeerCloseWithoutReadTest.class,
                            SocketAutoReadTest.class,
                            SocketCloseForciblyTest.class,
                            SocketConnectTest.class,
                            SocketConnectionAttemptTest.class,
                            SocketEchoTest.class,
                            SocketFixedLengthEchoTest.class,
                            SocketHalfClosedTest.class,
                            SocketMultipleConnectTest.class,
                            SocketObjectEchoTest.class,
                            SocketShutdownOutputByPeerTest.class,
                            SocketShutdownOutputBySelfTest.class,
                            SocketSslEchoTest.class,
                            SocketSslGreetingTest.class,
                            SocketSslSessionReuseTest.class,
                            SocketStartTlsTest.class,
                            SocketStringEchoTest.class),
                    List.of(
                            SocketChannel.class,
                            ServerSocketChannel.class,
                            DatagramChannel.class,
                            DomainSocketChannel.class,
                            ServerDomainSocketChannel.class),
                    true));

    /** Netty's frames, for tests of this testsuite's own: they run their pairs and allocators as Netty's do. */
    static final List<Class<?>> FRAMES =
            List.of(AbstractClientSocketTest.class, AbstractDatagramTest.class, AbstractSocketTest.class);

    String packageName() {
        return NettyTests.class.getPackageName() + "." + name;
    }

    boolean has(Class<?> test) {
        return tests.contains(test);
    }

    @Override
    public String toString() {
        return name;
    }
}
