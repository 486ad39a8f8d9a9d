package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopKind;

/** What becomes of a {@link GLibSubprocess} when its loop ends first. */
@ParameterizedClass
@EnumSource
class SubprocessLoopEndTest {
    @RegisterExtension
    final ProcessFixture processes;

    SubprocessLoopEndTest(LoopKind kind) {
        processes = new ProcessFixture(kind);
    }

    private static void awaitEnd(long pid) throws InterruptedException {
        Await.until(() -> !Children.isAlive(pid), () -> "the end of process " + pid);
    }

    @Test
    void shouldEndTheInputOfTheProcess(@TempDir Path folder) throws Exception {
        Path end = folder.resolve("end");
        // After the end of its input it goes on, or the loop might see its end, too.
        GLibSubprocess cat = processes.start(
                GLibSubprocess.builder("sh", "-c", "cat; while [ ! -e \"$0\" ]; do sleep 0.1; done", end.toString()));
        GioFuture<GLibExitStatus> exit = cat.exit();
        Await.success(processes.loop().submit(() -> {}));
        processes.endLoop();
        assertThat(Await.failure(exit)).isInstanceOf(CancellationException.class);
        Files.createFile(end);
        awaitEnd(cat.pid());
        assertThat(Await.failure(cat.exit())).isInstanceOf(RejectedExecutionException.class);
        assertThat(cat.signal(9)).isFalse();
        assertThat(cat.channel().isOpen()).isFalse();
    }

    @Test
    void shouldLeaveAProcessAlone() throws Exception {
        GLibSubprocess sleep = processes.start(GLibSubprocess.builder("sleep", "1000"));
        processes.endLoop();
        assertThat(Children.isAlive(sleep.pid())).isTrue();
        ProcessHandle.of(sleep.pid()).orElseThrow().destroyForcibly();
        awaitEnd(sleep.pid());
        Children.assertNoZombie();
    }

    @Test
    void shouldKnowAnEndThatCameWithThatOfTheLoop() throws Exception {
        GLibSubprocess sleep = processes.start(GLibSubprocess.builder("sleep", "1000"));
        Await.success(processes.loop().submit(() -> {
            sleep.kill();
            // It is a zombie now or soon, and the loop cannot have seen it.
            Await.until(() -> Children.isZombie(sleep.pid()), () -> "the end of " + sleep);
            processes.loop().shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS);
            return null;
        }));
        processes.endLoop();
        assertThat(sleep.isAlive()).isFalse();
        assertThat(Await.success((Future<GLibExitStatus>) sleep.exit()).signal())
                .hasValue(9);
    }

    @Test
    void shouldKillIfAskedTo() throws Exception {
        GLibSubprocess sleep =
                processes.start(GLibSubprocess.builder("sleep", "1000").killOnClose(true));
        processes.endLoop();
        awaitEnd(sleep.pid());
    }
}
