package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopKind;

/** The end of a {@link GLibSubprocess}, and what brings it about. */
@ParameterizedClass
@EnumSource
class SubprocessExitTest {
    private static final int SIGHUP = 1;
    private static final int SIGQUIT = 3;
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    @RegisterExtension
    final ProcessFixture processes;

    private final Received output = new Received();

    SubprocessExitTest(LoopKind kind) {
        processes = new ProcessFixture(kind);
    }

    private GLibSubprocess sleep() throws InterruptedException {
        return processes.start(GLibSubprocess.builder("sleep", "1000"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 255})
    void shouldTellTheExitCode(int code) throws Exception {
        GLibExitStatus status = ProcessFixture.exitOf(processes.start(ProcessFixture.shell("exit " + code)));
        assertThat(status.code()).hasValue(code);
        assertThat(status.signal()).isEmpty();
        assertThat(status.isSuccess()).isEqualTo(code == 0);
        assertThat(status).hasToString("exit code " + code);
    }

    /** The JVM has its threads block SIGQUIT, which a child would inherit. */
    @ParameterizedTest
    @ValueSource(ints = {SIGHUP, SIGQUIT, SIGTERM, SIGKILL})
    void shouldSendSignals(int signal) throws Exception {
        GLibSubprocess process = sleep();
        assertThat(process.signal(signal)).isTrue();
        GLibExitStatus status = ProcessFixture.exitOf(process);
        assertThat(status.signal()).hasValue(signal);
        assertThat(status.code()).isEmpty();
        assertThat(status.isSuccess()).isFalse();
        assertThat(status).hasToString("ended by signal " + signal);
    }

    @Test
    void shouldKill() throws Exception {
        GLibSubprocess process = processes.start(
                ProcessFixture.shell("trap '' TERM; echo ready; cat").handler(output));
        output.await("ready\n");
        process.terminate();
        assertThat(process.exit().await(300, TimeUnit.MILLISECONDS)).isFalse();
        process.kill();
        assertThat(ProcessFixture.exitOf(process).signal()).hasValue(SIGKILL);
    }

    @Test
    void shouldTerminate() throws Exception {
        GLibSubprocess process = sleep();
        process.terminate(Duration.ofHours(1));
        assertThat(ProcessFixture.exitOf(process).signal()).hasValue(SIGTERM);
    }

    @Test
    void shouldKillWhatDoesNotTerminateInTime() throws Exception {
        GLibSubprocess process = processes.start(
                ProcessFixture.shell("trap '' TERM; echo ready; cat").handler(output));
        output.await("ready\n");
        process.terminate(Duration.ofMillis(50));
        assertThat(ProcessFixture.exitOf(process).signal()).hasValue(SIGKILL);
    }

    @Test
    void shouldBeCancelledThoughTheProcessEndsRightAfter() throws Exception {
        GLibSubprocess process = processes.start(GLibSubprocess.builder("sleep", "1000"));
        GioFuture<GLibExitStatus> exit = process.exit();
        Await.success(processes.loop().submit(() -> {
            process.kill();
            Await.until(() -> Children.isZombie(process.pid()), () -> "the end of " + process);
            exit.cancellable().cancel();
            // Here the loop sees the end, before it comes to the cancelled one.
            processes.loop().mainContext().iteration(false);
            return null;
        }));
        assertThat(Await.failure(exit)).isInstanceOf(CancellationException.class);
    }

    @Test
    void shouldAnswerEverybody() throws Exception {
        GLibSubprocess process =
                processes.start(ProcessFixture.shell("cat; exit 6").handler(output));
        List<GioFuture<GLibExitStatus>> exits = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            exits.add(process.exit());
        }
        CompletionStage<GLibExitStatus> stage = process.exit().toCompletionStage();
        exits.getFirst().cancel(false);
        exits.getLast().cancellable().cancel();
        assertThat(process.isAlive()).isTrue();
        Await.success(process.channel().close());

        for (Future<GLibExitStatus> exit : exits.subList(1, exits.size() - 1)) {
            assertThat(Await.success(exit).code()).hasValue(6);
        }
        assertThat(stage.toCompletableFuture()
                        .get(Await.SECONDS, TimeUnit.SECONDS)
                        .code())
                .hasValue(6);
        assertThat(exits.getFirst().isCancelled()).isTrue();
        assertThat(Await.failure(exits.getLast())).isInstanceOf(CancellationException.class);
        assertThat(process.isAlive()).isFalse();
        assertThat(ProcessFixture.exitOf(process).code()).hasValue(6);
    }

    @Test
    void shouldNotSignalWhatHasEnded() throws Exception {
        GLibSubprocess process = processes.start(GLibSubprocess.builder("true"));
        assertThat(ProcessFixture.exitOf(process).isSuccess()).isTrue();
        assertThat(process.signal(SIGKILL)).isFalse();
        process.kill();
        process.terminate();
        process.terminate(Duration.ofMillis(1));
    }

    @Test
    void shouldTellACoreDumpAsASignal() {
        GLibExitStatus status = new GLibExitStatus(SIGQUIT | 0x80);
        assertThat(status.signal()).hasValue(SIGQUIT);
        assertThat(status.code()).isEmpty();
    }

    @Test
    void shouldNotSendWhatIsNoSignal() throws Exception {
        GLibSubprocess process = sleep();
        assertThat(process.signal(1_000)).isFalse();
        assertThatThrownBy(() -> process.signal(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void shouldStopWaitingInTime() throws Exception {
        GLibSubprocess process = sleep();
        assertThat(Await.failure(process.exit().withTimeout(Duration.ofMillis(20))))
                .isInstanceOf(TimeoutException.class);
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void shouldNoticeTheEndUnasked() throws Exception {
        GLibSubprocess process = processes.start(GLibSubprocess.builder("true"));
        Await.until(() -> !process.isAlive(), () -> "the end of " + process);
        assertThat(process).asString().contains("true", "exit code 0");
    }

    @Test
    void shouldStartAndTellOnTheLoop() throws Exception {
        Promise<Boolean> told = processes.loop().newPromise();
        processes.loop().execute(() -> {
            Future<GLibSubprocess> started = GLibSubprocess.builder("true").start(processes.loop());
            assertThat(started.isSuccess()).isTrue();
            started.getNow()
                    .exit()
                    .addListener(exit -> told.setSuccess(processes.loop().inEventLoop()));
        });
        assertThat(Await.success(told)).isTrue();
    }
}
