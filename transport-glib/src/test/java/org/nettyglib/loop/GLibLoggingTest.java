package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Program;
import org.nettyglib.loop.GLibLoggingProgram.Scenario;

/** GLib's messages get to the loggers, each case in a {@link GLibLoggingProgram} of its own. */
class GLibLoggingTest {
    private static final String NOTHING_FATAL = "";
    private static final String FATAL_CRITICALS = "fatal-criticals";

    @TempDir
    private Path directory;

    /** What a program left behind. */
    private record Outcome(int exit, List<String> logged, String errors) {
        /** The lines of a program that got to its end. */
        List<String> whole() {
            assertThat(exit).as("exit of a program that says: %s", errors).isZero();
            assertThat(logged).last().isEqualTo("end");
            return logged.subList(0, logged.size() - 1);
        }
    }

    private Outcome run(Scenario scenario, String debug) throws IOException, InterruptedException {
        // No core is left where GLib ends the program.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -c 0; exec \"$@\"", "sh"));
        command.addAll(Program.java(GLibLoggingProgram.class, scenario.name()));
        command.add(command.indexOf("-cp"), "-Dstdout.encoding=UTF-8");
        Path output = directory.resolve("output");
        Path errors = directory.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(Redirect.to(output.toFile()))
                .redirectError(Redirect.to(errors.toFile()));
        builder.environment().put("G_DEBUG", debug);
        builder.environment().remove("G_MESSAGES_DEBUG");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2 * LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .as("the program ends")
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        return new Outcome(
                process.exitValue(),
                Files.readAllLines(output),
                new String(Files.readAllBytes(errors), StandardCharsets.UTF_8));
    }

    @Test
    void shouldKeepLevelAndDomain() throws Exception {
        Outcome outcome = run(Scenario.LEVELS, NOTHING_FATAL);
        assertThat(outcome.whole())
                .containsExactly(
                        "SEVERE|glib.Test-Domain|CRITICAL: old",
                        "SEVERE|glib.Test-Domain|CRITICAL: new",
                        "WARNING|glib.Test-Domain|WARNING: old",
                        "WARNING|glib.Test-Domain|WARNING: new",
                        "INFO|glib.Test-Domain|MESSAGE: old",
                        "INFO|glib.Test-Domain|MESSAGE: new",
                        "INFO|glib.Test-Domain|INFO: old",
                        "INFO|glib.Test-Domain|INFO: new",
                        "FINE|glib.Test-Domain|DEBUG: old",
                        "FINE|glib.Test-Domain|DEBUG: new",
                        "INFO|glib.Test-Domain|LOG-0x100: old",
                        "INFO|glib.Test-Domain|LOG-0x100: new",
                        "INFO|glib.Test-Domain|LOG-0x200: old",
                        "INFO|glib.Test-Domain|LOG-0x200: new",
                        "INFO|glib|MESSAGE: of nobody",
                        "INFO|glib|MESSAGE: of nobody",
                        "INFO|glib|MESSAGE: of nobody");
        assertThat(outcome.errors()).doesNotContain("old").doesNotContain("new");
    }

    @Test
    void shouldKeepTextAsItIs() throws Exception {
        assertThat(run(Scenario.TEXTS, NOTHING_FATAL).whole())
                .containsExactly(
                        "WARNING|glib.Test-Domain|WARNING: 100 % {} {0} ${x} %s %n grün",
                        "WARNING|glib.Test-Domain|WARNING: 100 % {} {0} ${x} %s %n grün",
                        "WARNING|glib|WARNING: a\ufffdb",
                        "WARNING|glib|WARNING: cut off",
                        "WARNING|glib|WARNING: ",
                        "WARNING|glib.Test-Domain|WARNING: " + "x".repeat(100_000));
    }

    @Test
    void shouldFollowTheLoggersLevel() throws Exception {
        assertThat(run(Scenario.LEVEL_OFF, NOTHING_FATAL).whole())
                .containsExactly("WARNING|glib.Quiet|WARNING: to be seen");
    }

    @Test
    void shouldLogFromThreadThatJavaDoesNotKnow() throws Exception {
        assertThat(run(Scenario.NATIVE_THREAD, NOTHING_FATAL).whole())
                .containsExactly(
                        "SEVERE|glib.GLib|CRITICAL: g_main_loop_quit: assertion 'loop != NULL' failed", "daemon true");
    }

    @ParameterizedTest
    @EnumSource(names = {"FATAL_OLD", "FATAL_STRUCTURED"})
    void shouldLogFatalMessageBeforeTheEnd(Scenario scenario) throws Exception {
        Outcome outcome = run(scenario, FATAL_CRITICALS);
        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.logged()).containsExactly("SEVERE|glib.Test-Domain|CRITICAL: the last");
        // A logger may write too late.
        assertThat(outcome.errors()).contains("Test-Domain-CRITICAL").contains("the last");

        assertThat(run(scenario, NOTHING_FATAL).whole()).hasSize(1);
    }

    @Test
    void shouldEndTheProcessForWhatBecomesFatalLater() throws Exception {
        Outcome outcome = run(Scenario.FATAL_LATER, NOTHING_FATAL);
        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.logged())
                .containsExactly(
                        "WARNING|glib.Test-Domain|WARNING: not yet",
                        "SEVERE|glib.Test-Domain|CRITICAL: nor this",
                        "WARNING|glib.Test-Domain|WARNING: the last");
        assertThat(outcome.errors()).contains("the last").doesNotContain("nor this");
    }

    @Test
    void shouldLogErrorBeforeTheEnd() throws Exception {
        Outcome outcome = run(Scenario.FATAL_ERROR, NOTHING_FATAL);
        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.logged()).containsExactly("SEVERE|glib.Test-Domain|ERROR: the last");
        assertThat(outcome.errors()).contains("the last");
    }

    @Test
    void shouldLeaveMessageToGlibWhereLoggerThrows() throws Exception {
        Outcome outcome = run(Scenario.LOGGER_THROWS, NOTHING_FATAL);
        assertThat(outcome.whole()).isEmpty();
        assertThat(outcome.errors()).contains("not lost, old").contains("not lost, new");

        outcome = run(Scenario.LOGGER_OVERFLOWS, NOTHING_FATAL);
        assertThat(outcome.whole()).isEmpty();
        assertThat(outcome.errors()).contains("not lost");
    }

    /** For GLib, a message inside another of the same thread is fatal. */
    @Test
    void shouldGoOnWhereLoggerCallsGlib() throws Exception {
        Outcome outcome = run(Scenario.LOGGER_CALLS_GLIB, NOTHING_FATAL);
        assertThat(outcome.whole())
                .containsExactly(
                        "WARNING|glib.Test-Domain|WARNING: outer, old", "WARNING|glib.Test-Domain|WARNING: outer, new");
        assertThat(outcome.errors()).contains("inner, old").contains("inner, new");

        outcome = run(Scenario.LOGGER_CALLS_GLIB, FATAL_CRITICALS);
        assertThat(outcome.exit()).isNotZero();
        assertThat(outcome.errors()).contains("inner, old").doesNotContain("inner, new");
    }

    @Test
    void shouldInstallOnce() throws Exception {
        assertThat(run(Scenario.TWICE, NOTHING_FATAL).whole())
                .containsExactly("false", "true", "WARNING|glib.Test-Domain|WARNING: once");
    }

    /** GLib itself ends the process. */
    @Test
    void shouldRefuseWhereProcessHasAnotherWriter() throws Exception {
        Outcome outcome = run(Scenario.OTHER_WRITER, NOTHING_FATAL);
        assertThat(outcome.whole()).hasSize(3).last().isEqualTo("false");
        assertThat(outcome.logged().subList(0, 2))
                .allSatisfy(line -> assertThat(line).startsWith("refused: ").contains("g_log_set_writer_func()"));
        assertThat(outcome.errors()).contains("goes there").doesNotContain("multiple times");
    }

    @Test
    void shouldKeepNothingOfManyMessages() throws Exception {
        List<String> lines = run(Scenario.MANY, NOTHING_FATAL).whole();
        assertThat(lines).hasSize(3).first().isEqualTo("count 60000");
        // 100,000 messages of 1000 bytes.
        assertThat(number(lines.get(1), "heap ")).isLessThan(5_000_000);
        assertThat(number(lines.get(2), "resident ")).isLessThan(50_000_000);
    }

    private static long number(String line, String name) {
        assertThat(line).startsWith(name);
        return Long.parseLong(line.substring(name.length()));
    }

    @Test
    void shouldEndWhileThreadsLog() throws Exception {
        Outcome outcome = run(Scenario.AT_EXIT, NOTHING_FATAL);
        assertThat(outcome.exit()).as(outcome.errors()).isZero();
        assertThat(outcome.logged()).contains("end");
    }
}
