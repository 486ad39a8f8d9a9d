package org.nettyglib.testsuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.AbstractBootstrap;
import io.netty.channel.AbstractEventLoopTest;
import io.netty.channel.AbstractIoHandlerEventCountTest;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.tests.DetectPeerCloseWithoutReadTest;
import io.netty.channel.unix.tests.SocketTest;
import io.netty.testsuite.transport.AbstractComboTestsuiteTest;
import io.netty.testsuite.transport.AbstractSingleThreadEventLoopTest;
import io.netty.testsuite.transport.AbstractTestsuiteTest;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapComboFactory;
import io.netty.testsuite.transport.TestsuitePermutation.BootstrapFactory;
import io.netty.util.concurrent.Future;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.ReflectionSupport;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.loop.GLibIoHandler;

/**
 * Walks all classes of this testsuite. A subclass of one of Netty's tests that forgets to override the method which
 * names the channels compiles, passes, and has tested NIO.
 */
class SuiteWalkTest {

    @ParameterizedTest
    @MethodSource("nettyTests")
    void shouldRunEveryTestClassOfNetty(NettyTests kind, Class<?> nettyTest) {
        assertThat(testClasses())
                .filteredOn(test -> test.getPackageName().equals(kind.packageName()))
                .filteredOn(nettyTest::isAssignableFrom)
                .isNotEmpty();
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

        assertGLibOrForeign(suite, servers);
        assertGLibOrForeign(suite, clients);
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

        assertGLibOrForeign(suite, sides);
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
            if (!kindOf(suite).attached()) {
                assertGLib(suite, test, "newAutoScalingEventLoopGroup", channel.getClass());
            }
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

    @Test
    void shouldTestSocketOfGLibChannel() throws Exception {
        GLibSocketChannel channel = new GLibSocketChannel();
        for (Class<?> suite : subclassesOf(SocketTest.class)) {
            Socket socket = (Socket) Reflect.call(Reflect.instantiate(suite), "newSocket");
            assertThat(socket.getClass()).isEqualTo(channel.fd().getClass());
            socket.close();
        }
        channel.unsafe().closeForcibly();
    }

    /** So that a suite of a kind which the checks above do not know cannot slip in. */
    @Test
    void shouldKnowEveryTestOfNetty() {
        assertThat(testClasses())
                .filteredOn(test -> !test.getSuperclass().equals(Object.class))
                .allSatisfy(test -> assertThat(NettyTests.FRAMES.contains(test.getSuperclass())
                                || kindOf(test).has(test.getSuperclass()))
                        .as("%s extends a test that Netty has for its kind", test.getName())
                        .isTrue());
    }

    static Stream<Arguments> nettyTests() {
        return NettyTests.ALL.stream().flatMap(kind -> kind.tests().stream().map(test -> Arguments.of(kind, test)));
    }

    static Stream<Class<?>> pairSuites() {
        return subclassesOf(AbstractComboTestsuiteTest.class).stream();
    }

    static Stream<Class<?>> singleSuites() {
        return subclassesOf(AbstractTestsuiteTest.class).stream();
    }

    private static void assertGLibOrForeign(Class<?> suite, List<Side> sides) {
        assertThat(sides)
                .isNotEmpty()
                .allSatisfy(side -> assertThat(side.isGLib() || side.isForeign())
                        .as("loops and channel belong together")
                        .isTrue())
                .filteredOn(Side::isGLib)
                .allSatisfy(side -> assertAttachedOrNot(suite, side))
                .allSatisfy(side -> assertThat(kindOf(suite).channels())
                        .as("%s is of the kind that its package is for", side.channel())
                        .anyMatch(kind -> kind.isAssignableFrom(side.channel())));
    }

    private static void assertAttachedOrNot(Class<?> suite, Side side) {
        assertThat(side.attachedLoops())
                .as("attached loops of %s", suite.getName())
                .isEqualTo(kindOf(suite).attached() ? side.loops().size() : 0);
    }

    private static NettyTests kindOf(Class<?> suite) {
        return NettyTests.ALL.stream()
                .filter(kind -> kind.packageName().equals(suite.getPackageName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(suite + " is in a package where no test of Netty's should be"));
    }

    private static void assertGLib(Class<?> suite, Object test, String group, Class<? extends Channel> channel)
            throws ReflectiveOperationException {
        EventLoopGroup loops = (EventLoopGroup) Reflect.call(test, group);
        try {
            Side side = Side.of(loops, channel);
            assertThat(side).as(suite.getName()).matches(Side::isGLib, "runs on GLib");
            assertAttachedOrNot(suite, side);
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
