package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopKind;

/** Many {@link GLibSubprocess}es, and {@link Process}es at the same time. */
@ParameterizedClass
@EnumSource
class SubprocessManyTest {
    private static final int PROCESSES = 500;
    private static final int AT_ONCE = 20;
    private static final int CODES = 100;

    @RegisterExtension
    final ProcessFixture processes;

    SubprocessManyTest(LoopKind kind) {
        processes = new ProcessFixture(kind);
    }

    @Test
    void shouldLeaveNothingBehind() throws Exception {
        OpenEnds before = OpenEnds.now();
        for (int i = 0; i < PROCESSES; i += AT_ONCE) {
            List<GLibSubprocess> started = new ArrayList<>();
            for (int j = 0; j < AT_ONCE; j++) {
                started.add(processes.start(GLibSubprocess.builder("true")));
            }
            for (GLibSubprocess process : started) {
                assertThat(ProcessFixture.exitOf(process).isSuccess()).isTrue();
                Await.success(process.channel().closeFuture());
            }
        }
        before.assertNoMore();
        Children.assertNoZombie();
    }

    @Test
    void shouldNotDisturbTheProcessesOfTheJdk() throws Exception {
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < CODES; i++) {
            int code = i;
            tasks.add(() -> new ProcessBuilder("sh", "-c", "exit " + code)
                    .redirectErrorStream(true)
                    .start()
                    .waitFor());
        }
        List<GLibSubprocess> ours = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<java.util.concurrent.Future<Integer>> theirs =
                    tasks.stream().map(threads::submit).toList();
            for (int i = 0; i < CODES; i++) {
                ours.add(processes.start(ProcessFixture.shell("exit " + (CODES - i))));
            }
            for (int i = 0; i < CODES; i++) {
                assertThat(theirs.get(i).get(Await.SECONDS, TimeUnit.SECONDS)).isEqualTo(i);
                Future<GLibExitStatus> exit = ours.get(i).exit();
                assertThat(Await.success(exit).code()).hasValue(CODES - i);
            }
        }
        Children.assertNoZombie();
    }
}
