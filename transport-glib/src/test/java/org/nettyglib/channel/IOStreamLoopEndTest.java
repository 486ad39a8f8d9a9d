package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nettyglib.loop.GLibIoHandler;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** A {@link GLibIOStreamChannel} whose loop ends: its descriptors are closed, as the other ends see. */
class IOStreamLoopEndTest {
    private static final int STREAMS = 5;

    private static void open(EventLoopGroup group, IOStreamEnds ends, int length) throws InterruptedException {
        Bootstrap bootstrap = new Bootstrap().group(group).handler(new SharedSink());
        Channel channel = ends.register(bootstrap);
        if (length > 0) {
            ChannelFuture stuck = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[length]));
            assertThat(stuck.await(100, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    /** The channels of a loop have closed, and the streams below them too. */
    private static void end(EventLoopGroup group, IOStreamKind kind, int length, long timeoutSeconds) throws Exception {
        IOStreamEnds[] streams = new IOStreamEnds[STREAMS];
        for (int i = 0; i < STREAMS; i++) {
            streams[i] = kind.open();
            open(group, streams[i], length);
        }
        group.shutdownGracefully(0, timeoutSeconds, TimeUnit.SECONDS);
        Await.success(group.terminationFuture());
        for (IOStreamEnds ends : streams) {
            assertThat(ends.stream().isClosed()).isTrue();
            assertThat(ends.fromStream().readAllBytes()).hasSizeLessThanOrEqualTo(length);
            ends.close();
        }
    }

    /** Each of both with each of the three. */
    private static List<Arguments> loopsAndStreams() {
        List<Arguments> all = new ArrayList<>();
        for (LoopKind loop : LoopKind.values()) {
            for (IOStreamKind kind : IOStreamKind.values()) {
                all.add(Arguments.of(loop, kind));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("loopsAndStreams")
    void shouldCloseItsStreamThoughTheLoopHasNoTime(LoopKind loop, IOStreamKind kind) throws Exception {
        try (LoopFixture fixture = loop.open()) {
            end(fixture.group(), kind, 0, 0);
        }
    }

    @ParameterizedTest
    @MethodSource("loopsAndStreams")
    void shouldCloseItsStreamThoughThePeerReadsNothing(LoopKind loop, IOStreamKind kind) throws Exception {
        try (LoopFixture fixture = loop.open()) {
            end(fixture.group(), kind, 32 << 20, LoopFixture.TIMEOUT_SECONDS);
        }
    }

    /** These loops give their handles two seconds, and none of them more. */
    @ParameterizedTest
    @CsvSource({"SOCKET", "PIPES", "BUFFERED"})
    void shouldCloseItsStreamOnALoopOfNettysThoughThePeerReadsNothing(IOStreamKind kind) throws Exception {
        end(
                new MultiThreadIoEventLoopGroup(1, GLibIoHandler.newFactory()),
                kind,
                32 << 20,
                LoopFixture.TIMEOUT_SECONDS);
    }
}
