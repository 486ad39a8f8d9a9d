package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a loop sets up to end in time, when something does not. */
class ShutdownAlarmTest {
    /** Netty's global executor, and with it a JVM, would go on until the time is over. */
    @ParameterizedTest
    @EnumSource
    void shouldNotOutliveTheLoop(LoopKind kind) throws Exception {
        LoopFixture fixture = kind.open();
        CompletableFuture<Void> asked = new CompletableFuture<>();
        GLibContextHandle slow = () -> asked.complete(null);
        IoRegistration registration = fixture.loop().register(slow).get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        fixture.group().shutdownGracefully(0, 1, TimeUnit.HOURS);
        asked.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(fixture.group().awaitTermination(100, TimeUnit.MILLISECONDS))
                .as("the end, while the handle is not done")
                .isFalse();
        registration.cancel();
        fixture.close();
        GlobalEventExecutor.INSTANCE.submit(() -> {}).sync();
        assertThat(GlobalEventExecutor.INSTANCE.awaitInactivity(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .as("nothing is left to do")
                .isTrue();
    }
}
