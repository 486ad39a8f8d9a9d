package org.nettyglib.testsuite.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.GLibIoHandler;
import org.nettyglib.testsuite.AttachedLoops;

/** The kernel counts a delay in smaller types than Java, and must not be told a deadline in the past. */
class GLibLongDelayTest {

    static Stream<Named<Supplier<EventLoopGroup>>> groups() {
        return Stream.of(
                Named.of("GLib's loop", () -> new GLibEventLoopGroup(1)),
                Named.of("attached loop", () -> new AttachedLoops(1)),
                Named.of("Netty's loop", () -> new MultiThreadIoEventLoopGroup(1, GLibIoHandler.newFactory())));
    }

    @ParameterizedTest
    @MethodSource("groups")
    @Timeout(30)
    void shouldWaitForAsLongAsALongCanSay(Supplier<EventLoopGroup> newGroup) throws InterruptedException {
        EventLoopGroup group = newGroup.get();
        EventLoop loop = group.next();
        Future<?> far = loop.schedule(() -> {}, Long.MAX_VALUE, TimeUnit.MILLISECONDS);

        assertThat(loop.schedule(() -> {}, 50, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS))
                .isTrue();
        assertThat(loop.submit(() -> {}).await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(far.isDone()).isFalse();
        assertThat(far.cancel(true)).isTrue();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }
}
