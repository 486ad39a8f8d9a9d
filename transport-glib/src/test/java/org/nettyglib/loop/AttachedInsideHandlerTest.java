package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopFixture.Client;

/** One event loop's code runs the context that another one is attached to: two event loops in one thread. */
@ParameterizedClass
@EnumSource
class AttachedInsideHandlerTest {
    private final LoopKind kind;

    AttachedInsideHandlerTest(LoopKind kind) {
        this.kind = kind;
    }

    @Test
    void shouldServeTheInnerLoopUntilItEndsAndThenTheOuterOne() throws Exception {
        MainContext context = new MainContext();
        MainLoop mainLoop = new MainLoop(context, false);
        try (LoopFixture outer = kind.open();
                LoopFixture clients = new LoopFixture()) {
            LoopFixture inner = new LoopFixture(GLibEventLoopGroup.attach(context));
            Channel outerServer = outer.serveEcho();
            Client outerClient = LoopFixture.connect(outerServer, clients.group());
            assertThat(outerClient.ask("before")).isEqualTo("before");
            Thread thread = outer.call(Thread::currentThread);

            Future<?> outerTask = outer.loop().submit(mainLoop::run);
            Channel innerServer = inner.serveEcho();
            Client innerClient = LoopFixture.connect(innerServer, clients.group());
            for (int i = 0; i < 20; i++) {
                assertThat(innerClient.ask("hello " + i)).isEqualTo("hello " + i);
            }
            assertThat(inner.call(Thread::currentThread)).isSameAs(thread);
            outerClient.send("later");
            assertThat(inner.call(() -> outer.loop().inEventLoop())).isTrue();
            assertThat(outerClient.hasReceived()).isFalse();

            inner.close();
            assertThat(outerTask.isDone()).isFalse();
            mainLoop.quit();
            Await.success(outerTask);
            assertThat(outerClient.receive()).isEqualTo("later");
            assertThat(outer.call(() -> outer.loop().inEventLoop())).isTrue();
            assertThat(outer.loop()
                            .schedule(() -> "timer", 1, TimeUnit.MILLISECONDS)
                            .get())
                    .isEqualTo("timer");
        }
    }
}
