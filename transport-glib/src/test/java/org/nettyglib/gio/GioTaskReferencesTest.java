package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.gnome.gio.Cancellable;
import org.gnome.gobject.GObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.GLibTransport;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** A task drops what it holds of its caller, when it is over. */
@ParameterizedClass
@EnumSource
class GioTaskReferencesTest {
    private final LoopFixture fixture;
    private final GObject source = new GObject();
    private final Cancellable cancellable = new Cancellable();

    GioTaskReferencesTest(LoopKind kind) {
        fixture = kind.open();
    }

    @BeforeAll
    static void initialize() {
        GLibTransport.initJavaGi();
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        fixture.close();
    }

    private TaskAnswer<String> answer(CompletableFuture<String> future) {
        TaskAnswer<String> answer = new TaskAnswer<>(GioTaskValue.STRING);
        GioTasks.answer(fixture.loop(), GioTaskCaller.of(source, cancellable, answer), GioTaskValue.STRING, future);
        return answer;
    }

    private static void assertReferences(GObject object, int expected) throws InterruptedException {
        Await.until(
                () -> References.of(object) == expected, () -> expected + " references, but " + References.of(object));
    }

    @Test
    void shouldDropItsCallerWhenTheFutureWasDoneBefore() throws Exception {
        int ofSource = References.of(source);
        int ofCancellable = References.of(cancellable);
        for (int i = 0; i < 100; i++) {
            assertThat(answer(CompletableFuture.completedFuture("done")).get()).isEqualTo("done");
        }
        fixture.run(() -> answer(CompletableFuture.completedFuture("done")));
        assertReferences(source, ofSource);
        assertReferences(cancellable, ofCancellable);
    }

    /** The task calls back before its start has returned, because the stage iterates the context when it is listened to. */
    @Test
    void shouldDropItsCallerWhenItCallsBackWhileItStarts() throws Exception {
        CompletableFuture<String> nesting = new CompletableFuture<>() {
            @Override
            public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
                CompletableFuture<String> next = super.whenComplete(action);
                while (fixture.context().iteration(false)) {
                    // Until nothing is left to be called.
                }
                return next;
            }
        };
        nesting.complete("done");
        int ofSource = References.of(source);
        int ofCancellable = References.of(cancellable);
        assertThat(answer(nesting).get()).isEqualTo("done");
        assertReferences(source, ofSource);
        assertReferences(cancellable, ofCancellable);
    }
}
