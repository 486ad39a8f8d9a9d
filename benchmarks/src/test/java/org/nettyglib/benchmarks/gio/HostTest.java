package org.nettyglib.benchmarks.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.gnome.gio.File;
import org.gnome.gio.Gio;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.loop.GLibTransport;

/** The operations themselves, on both hosts. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostTest {

    private static final int SIZE = 4_000;
    private static final Flight.Plan SOME = new Flight.Plan(50, 100, 8);
    private static final Flight.Plan FEW = new Flight.Plan(50, 10, 4);

    @TempDir
    Path folder;

    @BeforeAll
    static void initialize() {
        GLibTransport.initJavaGi();
        Gio.javagi$ensureInitialized();
    }

    @Test
    void shouldAskForTheSizeOfAFile() throws Exception {
        QueryInfo call = new QueryInfo(file(), SIZE);
        onNettysLoop(loop -> new FutureCall<>(loop.loop(), call), SOME);
        onAMainLoop(new PlainCall<>(call), SOME);
    }

    @Test
    void shouldFailIfTheAnswerIsWrong() throws Exception {
        QueryInfo call = new QueryInfo(file(), SIZE + 1);
        assertThatThrownBy(() -> onNettysLoop(loop -> new FutureCall<>(loop.loop(), call), FEW))
                .hasRootCauseMessage("not what was expected: the size of the file");
        assertThatThrownBy(() -> onAMainLoop(new PlainCall<>(call), FEW))
                .hasRootCauseMessage("not what was expected: the size of the file");
    }

    @Test
    void shouldFailIfTheOperationDoes() {
        QueryInfo call = new QueryInfo(File.newForPath(folder.resolve("none").toString()), SIZE);
        assertThatThrownBy(() -> onNettysLoop(loop -> new FutureCall<>(loop.loop(), call), FEW))
                .hasStackTraceContaining("none");
        assertThatThrownBy(() -> onAMainLoop(new PlainCall<>(call), FEW)).hasStackTraceContaining("none");
    }

    @Test
    void shouldDoNothing() throws Exception {
        Nothing call = Nothing.create();
        onNettysLoop(loop -> new FutureCall<>(loop.loop(), call), SOME);
        onAMainLoop(new PlainCall<>(call), SOME);
    }

    @Test
    void shouldLookLocalhostUp() throws Exception {
        onNettysLoop(loop -> new LookUp(loop.loop()), SOME);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 4096, 100_000})
    void shouldHaveMessagesEchoed(int bytes) throws Exception {
        onNettysLoop(loop -> new Echo(loop.loop(), bytes), SOME);
    }

    @Test
    void shouldRunPrograms() throws Exception {
        onNettysLoop(loop -> new RunTrue(loop.loop()), FEW);
        onNettysLoop(loop -> new RunCat(loop.loop()), FEW);
    }

    @FunctionalInterface
    private interface Factory {
        Operation on(NettyHost host) throws Exception;
    }

    private static void onNettysLoop(Factory operation, Flight.Plan plan) throws Exception {
        try (NettyHost host = new NettyHost()) {
            requireAll(host.run(operation.on(host), plan), plan);
        }
    }

    private static void onAMainLoop(Operation operation, Flight.Plan plan) throws Exception {
        try (MainLoopHost host = new MainLoopHost()) {
            requireAll(host.run(operation, plan), plan);
        }
    }

    private static void requireAll(String result, Flight.Plan plan) {
        assertThat(result).startsWith("result operations=" + plan.most() + " seconds=");
    }

    private File file() throws Exception {
        Path file = folder.resolve("file");
        Files.write(file, new byte[SIZE]);
        return File.newForPath(file.toString());
    }
}
