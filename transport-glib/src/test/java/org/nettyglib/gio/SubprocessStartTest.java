package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopKind;

/** How a {@link GLibSubprocess} begins. */
@ParameterizedClass
@EnumSource
class SubprocessStartTest {
    @RegisterExtension
    final ProcessFixture processes;

    private final Received output = new Received();

    SubprocessStartTest(LoopKind kind) {
        processes = new ProcessFixture(kind);
    }

    private String outputOf(GLibSubprocessBuilder builder) throws InterruptedException {
        processes.start(builder.handler(output));
        return output.awaitClosed().text();
    }

    private Throwable failureOf(GLibSubprocessBuilder builder) throws InterruptedException {
        return Await.failure(builder.start(processes.loop()));
    }

    @Test
    void shouldPassArguments() throws Exception {
        assertThat(outputOf(GLibSubprocess.builder(List.of("printf", "<%s>", "a b", "", "$HOME", "ü"))))
                .startsWith("<a b><><$HOME><");
    }

    @Test
    void shouldKnowTheProcess() throws Exception {
        GLibSubprocess process = processes.start(GLibSubprocess.builder("cat"));
        Path name = Path.of("/proc/" + process.pid() + "/comm");
        // The kernel lets the parent go on a moment before the child has its new name.
        Await.until(() -> read(name).equals("cat\n"), () -> "cat, but it is " + read(name));
        assertThat(process).asString().contains("cat", String.valueOf(process.pid()), "not ended");
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldFailWithoutTheProgram(@TempDir Path directory) throws Exception {
        FileDescriptor given = FileDescriptor.from(directory.resolve("given").toFile());
        Throwable failure = failureOf(GLibSubprocess.builder("no-such-program-anywhere")
                .handler(output)
                .stderr(GLibSubprocessStdio.of(given)));
        assertThat(failure)
                .isInstanceOf(IOException.class)
                .hasMessage("cannot start no-such-program-anywhere: No such file or directory");
        assertThat(given.isOpen()).isFalse();
        assertThat(output.hasEnded()).isFalse();
    }

    @Test
    void shouldFailWithoutTheDirectory() throws Exception {
        assertThat(failureOf(GLibSubprocess.builder("true").directory(Path.of("/no/such/directory"))))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot start true in /no/such/directory: No such file or directory");
    }

    @Test
    void shouldFailWithWhatIsNoProgram(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "#!/bin/sh\n");
        assertThat(failureOf(GLibSubprocess.builder(file.toString())))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot start " + file + ": Permission denied");
    }

    @Test
    void shouldFailWithADescriptorThatIsClosed(@TempDir Path directory) throws Exception {
        FileDescriptor given = FileDescriptor.from(directory.resolve("given").toFile());
        given.close();
        assertThat(failureOf(GLibSubprocess.builder("true").stdout(GLibSubprocessStdio.of(given))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void shouldStartInTheDirectory(@TempDir Path directory) throws Exception {
        assertThat(outputOf(GLibSubprocess.builder("pwd", "-P").directory(directory)))
                .isEqualTo(directory.toRealPath() + "\n");
    }

    @Test
    void shouldRunARelativeProgramOfTheDirectory(@TempDir Path directory) throws Exception {
        Files.createSymbolicLink(directory.resolve("say"), Path.of("/bin/echo"));
        assertThat(outputOf(GLibSubprocess.builder("./say", "hello").directory(directory)))
                .isEqualTo("hello\n");
    }

    @Test
    void shouldInheritTheEnvironment() throws Exception {
        assertThat(outputOf(ProcessFixture.shell("echo $PATH"))).isEqualTo(System.getenv("PATH") + "\n");
    }

    @Test
    void shouldChangeTheEnvironment() throws Exception {
        assertThat(outputOf(ProcessFixture.shell("echo ${HOME-none} $ADDED$EMPTY")
                        .environment("ADDED", "one")
                        .environment("ADDED", "two")
                        .environment("EMPTY", "")
                        .withoutEnvironment("HOME")))
                .isEqualTo("none two\n");
    }

    @Test
    void shouldStartWithAnEmptyEnvironment() throws Exception {
        assertThat(outputOf(GLibSubprocess.builder("env")
                        .environment("FORGOTTEN", "x")
                        .clearEnvironment()
                        .environment("ONLY", "this")))
                .isEqualTo("ONLY=this\n");
    }

    @Test
    void shouldPassAHugeEnvironment() throws Exception {
        GLibSubprocessBuilder env = GLibSubprocess.builder("sh", "-c", "env | grep -c ^VARIABLE_");
        for (int i = 0; i < 1_000; i++) {
            env.environment("VARIABLE_" + i, "x".repeat(1_000));
        }
        assertThat(outputOf(env)).isEqualTo("1000\n");
    }

    @Test
    void shouldFailWhenTheEnvironmentIsTooLarge() throws Exception {
        // linux/binfmts.h: MAX_ARG_STRLEN is 32 pages.
        assertThat(failureOf(GLibSubprocess.builder("true").environment("LARGE", "x".repeat(1 << 20))))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot start true: Argument list too long");
    }

    @Test
    void shouldRefuseWhatIsNoProcess() throws Exception {
        assertThatThrownBy(GLibSubprocess::builder).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GLibSubprocess.builder("a\0b")).isInstanceOf(IllegalArgumentException.class);
        GLibSubprocessBuilder builder = GLibSubprocess.builder("true");
        assertThatThrownBy(() -> builder.environment("", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.environment("a=b", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.environment("a", "\0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.stdin(GLibSubprocessStdio.STDOUT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.stdout(GLibSubprocessStdio.STDOUT))
                .isInstanceOf(IllegalArgumentException.class);
        try (DefaultEventLoop other = new DefaultEventLoop()) {
            assertThatThrownBy(() -> builder.start(other)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldNotStartOnALoopThatHasEnded(@TempDir Path directory) throws Exception {
        processes.endLoop();
        FileDescriptor given = FileDescriptor.from(directory.resolve("given").toFile());
        Future<GLibSubprocess> started = GLibSubprocess.builder("true")
                .stdin(GLibSubprocessStdio.of(given))
                .start(processes.loop());
        assertThat(started.isDone()).isTrue();
        assertThat(started.cause()).isInstanceOf(RejectedExecutionException.class);
        assertThat(given.isOpen()).isFalse();
    }
}
