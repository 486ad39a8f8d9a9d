package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;

/** A handle that comes when the others have been told of the end. */
@ParameterizedClass
@EnumSource
class LateHandleTest {
    private static final int LONGER_THAN_THE_TEST_WAITS = 600;

    private final LoopKind kind;

    LateHandleTest(LoopKind kind) {
        this.kind = kind;
    }

    /** Goes when it is told to, and then does something else. */
    private static final class Handle implements GLibContextHandle {
        private final Runnable next;
        private @Nullable IoRegistration registration;
        private volatile boolean told;

        Handle(Runnable next) {
            this.next = next;
        }

        void register(GLibEventLoop loop) {
            loop.register(this).addListener((Future<IoRegistration> registered) -> registration = registered.getNow());
        }

        @Override
        public void close() {
            if (registration != null && !told) {
                told = true;
                registration.cancel();
                next.run();
            }
        }
    }

    /** An attached loop told them once, and waited for this one until the time was up. */
    @Test
    void shouldBeToldOfTheEnd() throws Exception {
        try (LoopFixture loops = kind.open()) {
            GLibEventLoop loop = loops.loop();
            Handle late = new Handle(() -> {});
            Handle early = new Handle(() -> loop.execute(() -> late.register(loop)));
            loops.run(() -> early.register(loop));

            loop.shutdownGracefully(0, LONGER_THAN_THE_TEST_WAITS, TimeUnit.SECONDS);

            Await.success(loop.terminationFuture());
            assertThat(early.told).isTrue();
            assertThat(late.told).isTrue();
        }
    }
}
