package org.nettyglib.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.AbstractEventLoopTest;
import io.netty.channel.AbstractIoHandlerEventCountTest;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.unix.tests.DetectPeerCloseWithoutReadTest;
import io.netty.testsuite.transport.AbstractComboTestsuiteTest;
import io.netty.testsuite.transport.AbstractSingleThreadEventLoopTest;
import io.netty.testsuite.transport.AbstractTestsuiteTest;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.testsuite.transport.socket.AbstractSocketReuseFdTest;
import io.netty.testsuite.transport.socket.CompositeBufferGatheringWriteTest;
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
import io.netty.util.concurrent.Future;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.ReflectionSupport;
import org.nettyglib.loop.GLibIoHandler;

/**
 * Walks all classes of this testsuite. A subclass of one of Netty's tests that forgets to override the method which
 * names the channels compiles, passes, and has tested NIO.
 */
class SuiteWalkTest {

    /** What Netty has for loops, and each of its TCP tests: this list is what the testsuite has to hold. */
    static final List<Class<?>> NETTY_TESTS = List.of(
            AbstractSingleThreadEventLoopTest.class,
            AbstractEventLoopTest.class,
            AbstractIoHandlerEventCountTest.class,
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
            WriteBeforeRegisteredTest.class);

    @ParameterizedTest
    @FieldSource("NETTY_TESTS")
    void shouldRunEveryTestClassOfNetty(Class<?> nettyTest) {
        assertThat(subclassesOf(nettyTest)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("pairSuites")
    void shouldTestGLibOnEachSideOfPairs(Class<? extends AbstractComboTestsuiteTest<?, ?>> suite) throws Exception {
        List<Side> servers = new ArrayList<>();
        List<Side> clients = new ArrayList<>();
        for (Object pair : (List<?>) Reflect.call(Reflect.instantiate(suite), "newFactories")) {
            BootstrapComboFactory<?, ?> factory = (BootstrapComboFactory<?, ?>) pair;
            servers.add(Side.of(factory.newServerInstance()));
            clients.add(Side.of(factory.newClientInstance()));
        }

        assertGLibOrForeign(servers);
        assertGLibOrForeign(clients);
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            pairs.add(name(servers.get(i)) + " to " + name(clients.get(i)));
        }
        assertThat(pairs).contains("GLib to GLib", "GLib to foreign", "foreign to GLib");
        assertThat(pairs).doesNotContain("foreign to foreign");
    }

    @ParameterizedTest
    @MethodSource("singleSuites")
    void shouldTestGLibOnItsOwn(Class<? extends AbstractTestsuiteTest<?>> suite) throws Exception {
        List<Side> sides = new ArrayList<>();
        for (Object factory : (List<?>) Reflect.call(Reflect.instantiate(suite), "newFactories")) {
            sides.add(Side.of((AbstractBootstrap<?, ?>) ((BootstrapFactory<?>) factory).newInstance()));
        }

        assertGLibOrForeign(sides);
        assertThat(sides.getFirst().isGLib()).isTrue();
    }

    @Test
    void shouldTestGLibInSuitesThatNameTheirChannels() throws Exception {
        for (Class<?> suite : subclassesOf(AbstractSingleThreadEventLoopTest.class)) {
            Object test = Reflect.instantiate(suite);
            Channel channel = (Channel) Reflect.call(test, "newChannel");
            channel.unsafe().closeForcibly();
            assertGLib(suite, test, "newEventLoopGroup", channel.getClass());
            assertGLib(suite, test, "newEventLoopGroup", channelClass(test, "serverChannelClass"));
            assertGLib(suite, test, "newAutoScalingEventLoopGroup", channel.getClass());
        }
        for (Class<?> suite : subclassesOf(AbstractEventLoopTest.class)) {
            Object test = Reflect.instantiate(suite);
            assertGLib(suite, test, "newEventLoopGroup", channelClass(test, "newChannel"));
            assertGLib(suite, test, "newEventLoopGroup", channelClass(test, "newSocketChannel"));
        }
        for (Class<?> suite : subclassesOf(DetectPeerCloseWithoutReadTest.class)) {
            Object test = Reflect.instantiate(suite);
            assertGLib(suite, test, "newGroup", channelClass(test, "serverChannel"));
            assertGLib(suite, test, "newGroup", channelClass(test, "clientChannel"));
        }
    }

    @Test
    void shouldTestGLibHandler() throws Exception {
        for (Class<?> suite : subclassesOf(AbstractIoHandlerEventCountTest.class)) {
            IoHandlerFactory factory =
                    (IoHandlerFactory) Reflect.call(Reflect.instantiate(suite), "newIoHandlerFactory");
            ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), factory);
            try {
                assertThat(loop.isIoType(GLibIoHandler.class))
                        .as(suite.getName())
                        .isTrue();
            } finally {
                Future<?> end = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
                while (!end.isDone()) {
                    loop.runNow();
                }
            }
        }
    }

    /** So that a suite of a kind which the checks above do not know cannot slip in. */
    @Test
    void shouldKnowEveryTestOfNetty() {
        assertThat(testClasses())
                .filteredOn(test -> !test.getSuperclass().equals(Object.class))
                .allSatisfy(test -> assertThat(NETTY_TESTS)
                        .as("Netty's test that %s extends", test.getName())
                        .contains(test.getSuperclass()));
    }

    static Stream<Class<?>> pairSuites() {
        return subclassesOf(AbstractComboTestsuiteTest.class).stream();
    }

    static Stream<Class<?>> singleSuites() {
        return subclassesOf(AbstractTestsuiteTest.class).stream();
    }

    private static void assertGLibOrForeign(List<Side> sides) {
        assertThat(sides)
                .isNotEmpty()
                .allSatisfy(side -> assertThat(side.isGLib() || side.isForeign())
                        .as("loops and channel belong together")
                        .isTrue());
    }

    private static void assertGLib(Class<?> suite, Object test, String group, Class<? extends Channel> channel)
            throws ReflectiveOperationException {
        EventLoopGroup loops = (EventLoopGroup) Reflect.call(test, group);
        try {
            assertThat(Side.of(loops, channel)).as(suite.getName()).matches(Side::isGLib, "runs on GLib");
        } finally {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    @SuppressWarnings("unchecked") // Netty's methods of these names return channel classes
    private static Class<? extends Channel> channelClass(Object test, String method)
            throws ReflectiveOperationException {
        return (Class<? extends Channel>) Reflect.call(test, method);
    }

    private static String name(Side side) {
        return side.isGLib() ? "GLib" : "foreign";
    }

    private static List<Class<?>> subclassesOf(Class<?> nettyTest) {
        return testClasses().stream().filter(nettyTest::isAssignableFrom).toList();
    }

    /** Those that surefire runs: it takes classes by the end of their name. */
    private static List<Class<?>> testClasses() {
        return ReflectionSupport.findAllClassesInPackage(
                SuiteWalkTest.class.getPackageName(),
                type -> !Modifier.isAbstract(type.getModifiers()) && !type.isMemberClass(),
                name -> name.endsWith("Test"));
    }
}
