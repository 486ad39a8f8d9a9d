package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.Program;
import org.nettyglib.gio.SignalProgram.Scenario;
import org.nettyglib.loop.LoopKind;

/** Real signals to real JVMs, one {@link SignalProgram} for each case. */
class UnixSignalsTest {
    private static final String TERM_HANDLER = "handler java.lang.Terminator$1";

    /** A process that listens. */
    private record Child(Program program) implements AutoCloseable {
        /** @param settings of its environment, or a command that starts the rest of its line */
        static Child start(Scenario scenario, LoopKind kind, UnixSignal signal, String... settings) throws Exception {
            // A shell's & leaves SIGINT ignored for all that is started from there.
            List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP,INT"));
            command.addAll(List.of(settings));
            command.addAll(Program.java(SignalProgram.class, scenario.name(), kind.name(), signal.name()));
            Child child = new Child(Program.start(command));
            child.awaitReady(1);
            return child;
        }

        List<String> said() {
            return new String(program.output(), StandardCharsets.UTF_8).lines().toList();
        }

        void await(String line) throws InterruptedException {
            Await.until(() -> said().contains(line), () -> line + ", but there is " + program);
        }

        void awaitReady(int times) throws InterruptedException {
            Await.until(
                    () -> said().stream().filter("ready"::equals).count() >= times,
                    () -> "ready " + times + " times, but there is " + program);
        }

        /** Sends it by the command that everybody uses. */
        void kill(UnixSignal signal) throws Exception {
            try (Program kill = Program.start("kill", "-s", signal.name(), Long.toString(program.pid()))) {
                kill.awaitSuccess();
            }
        }

        /** Lets it go on. */
        void step() throws Exception {
            program.write("\n".getBytes(StandardCharsets.US_ASCII));
        }

        /** All that it has said at its end, without the times that it was ready. */
        List<String> end(int exit) throws InterruptedException {
            assertThat(program.awaitExit()).as("exit of %s", program).isEqualTo(exit);
            return said().stream().filter(line -> !line.equals("ready")).toList();
        }

        List<String> killedBy(UnixSignal signal) throws Exception {
            kill(signal);
            return end(exit(signal));
        }

        @Override
        public void close() throws Exception {
            program.close();
        }
    }

    /** What a shell would say of a process that a signal has ended. */
    private static int exit(UnixSignal signal) {
        return 128 + signal.number();
    }

    private static String told(UnixSignal signal) {
        return "told " + signal + " on the loop";
    }

    @ParameterizedTest
    @CsvSource({
        "HUP, OWN_THREAD",
        "INT, OWN_THREAD",
        "TERM, OWN_THREAD",
        "HUP, ATTACHED",
        "INT, ATTACHED",
        "TERM, ATTACHED"
    })
    void shouldEndAfterTheListeners(UnixSignal signal, LoopKind kind) throws Exception {
        try (Child child = Child.start(Scenario.LISTEN, kind, signal)) {
            assertThat(child.killedBy(signal)).containsExactly(told(signal), "hook");
        }
    }

    @ParameterizedTest
    @CsvSource({"HUP, OWN_THREAD", "INT, ATTACHED", "TERM, OWN_THREAD"})
    void shouldGoOnIfAListenerTakesCare(UnixSignal signal, LoopKind kind) throws Exception {
        try (Child child = Child.start(Scenario.CONSUME, kind, signal)) {
            child.kill(signal);
            child.await(told(signal));
            child.step();
            child.awaitReady(2);
            assertThat(child.killedBy(signal)).containsExactly(told(signal), "hook");
        }
    }

    @ParameterizedTest
    @CsvSource({"HUP, OWN_THREAD", "INT, ATTACHED", "TERM, OWN_THREAD"})
    void shouldEndForTheSecondSignalAfterAFuture(UnixSignal signal, LoopKind kind) throws Exception {
        try (Child child = Child.start(Scenario.NEXT, kind, signal)) {
            child.kill(signal);
            child.await("next " + signal + " on the loop");
            assertThat(child.killedBy(signal)).containsExactly("next " + signal + " on the loop", "hook");
        }
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldLeaveTheEndToTheProgram(LoopKind kind) throws Exception {
        try (Child child = Child.start(Scenario.NEXT_ENDS_THE_LOOP, kind, UnixSignal.TERM)) {
            child.kill(UnixSignal.TERM);
            assertThat(child.end(7)).containsExactly("next SIGTERM", "ended true", "hook");
        }
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldEndWithAHookThatWaitsForTheLoop(LoopKind kind) throws Exception {
        try (Child child = Child.start(Scenario.HOOK_WAITS_FOR_THE_LOOP, kind, UnixSignal.TERM)) {
            assertThat(child.killedBy(UnixSignal.TERM))
                    .startsWith(told(UnixSignal.TERM))
                    .containsExactlyInAnyOrder(told(UnixSignal.TERM), "hook", "ended");
        }
    }

    @Test
    void shouldListenNoLongerWhenAFutureIsCancelled() throws Exception {
        try (Child child = Child.start(Scenario.CANCELLED, LoopKind.OWN_THREAD, UnixSignal.INT)) {
            assertThat(child.killedBy(UnixSignal.INT)).containsExactly("cancelled truetruefalse", "hook");
        }
    }

    @Test
    void shouldTakeAListenerThatFailsForNobody() throws Exception {
        try (Child child = Child.start(Scenario.THROW, LoopKind.OWN_THREAD, UnixSignal.TERM)) {
            assertThat(child.killedBy(UnixSignal.TERM)).containsExactly(told(UnixSignal.TERM), "hook");
            assertThat(child.program().errors()).contains("a listener's");
        }
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldTellAllLoopsBeforeTheHooks(LoopKind kind) throws Exception {
        try (Child child = Child.start(Scenario.SEVERAL_LOOPS, kind, UnixSignal.TERM)) {
            assertThat(child.killedBy(UnixSignal.TERM))
                    .containsExactly(
                            "told true", "told true", "told true", "told true", "told true", "told true", "hook");
        }
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldGoWithItsLoop(LoopKind kind) throws Exception {
        try (Child child = Child.start(Scenario.LOOP_ENDS, kind, UnixSignal.TERM)) {
            assertThat(child.killedBy(UnixSignal.TERM))
                    .containsExactly("next cancelled true", TERM_HANDLER, "rejected", "hook");
        }
    }

    @Test
    void shouldEndEvenIfTheLoopTakesNoTask() throws Exception {
        try (Child child = Child.start(Scenario.LOOP_TAKES_NO_TASKS, LoopKind.OWN_THREAD, UnixSignal.TERM)) {
            assertThat(child.killedBy(UnixSignal.TERM)).containsExactly("full", "hook");
        }
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldWaitForABlockedLoop(LoopKind kind) throws Exception {
        try (Child child = Child.start(Scenario.LOOP_IS_BLOCKED, kind, UnixSignal.TERM)) {
            assertThat(child.killedBy(UnixSignal.TERM)).containsExactly("released", told(UnixSignal.TERM), "hook");
        }
    }

    @Test
    void shouldEndIfItIsClosedWhileTheSignalWaits() throws Exception {
        try (Child child = Child.start(Scenario.CLOSED_WHILE_BLOCKED, LoopKind.OWN_THREAD, UnixSignal.TERM)) {
            assertThat(child.killedBy(UnixSignal.TERM)).containsExactly("closed", "hook");
        }
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void shouldNotEndForASignalOfTheProgramsOwn(LoopKind kind) throws Exception {
        UnixSignal signal = UnixSignal.USR1;
        try (Child child = Child.start(Scenario.LISTEN, kind, signal)) {
            for (int times = 1; times <= 3; times++) {
                child.kill(signal);
                int expected = times;
                Await.until(
                        () -> child.said().stream().filter(told(signal)::equals).count() == expected,
                        child.program()::toString);
            }
            assertThat(child.killedBy(UnixSignal.TERM))
                    .containsExactly(told(signal), told(signal), told(signal), "hook");
        }
    }

    @Test
    void shouldGiveTheSystemBackWhatItHad() throws Exception {
        UnixSignal signal = UnixSignal.USR1;
        try (Child child = Child.start(Scenario.NEXT, LoopKind.OWN_THREAD, signal)) {
            child.kill(signal);
            child.await("next SIGUSR1 on the loop");
            assertThat(child.killedBy(signal)).as("killed, without hooks").containsExactly("next SIGUSR1 on the loop");
        }
    }

    @Test
    void shouldRefuseTheSignalThatTheJvmNeeds() throws Exception {
        UnixSignal signal = UnixSignal.USR2;
        try (Child child = Child.start(Scenario.REFUSED, LoopKind.OWN_THREAD, signal)) {
            assertThat(child.killedBy(UnixSignal.TERM))
                    .satisfiesExactly(
                            refusal -> assertThat(refusal).startsWith("refused").contains("_JAVA_SR_SIGNUM=40"),
                            handler -> assertThat(handler).endsWith("NativeHandler"),
                            hook -> assertThat(hook).isEqualTo("hook"));
        }
    }

    @Test
    void shouldListenToTheSignalThatTheJvmNeedsNoLonger() throws Exception {
        UnixSignal signal = UnixSignal.USR2;
        try (Child child = Child.start(Scenario.LISTEN, LoopKind.OWN_THREAD, signal, "_JAVA_SR_SIGNUM=40")) {
            child.kill(signal);
            child.await(told(signal));
            assertThat(child.killedBy(UnixSignal.TERM)).containsExactly(told(signal), "hook");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HUP", "INT", "TERM"})
    void shouldSayHowTheJvmLeavesTheSignalsToTheSystem(UnixSignal signal) throws Exception {
        try (Child child = Child.start(Scenario.REFUSED_AT_ALL, LoopKind.OWN_THREAD, signal, "JDK_JAVA_OPTIONS=-Xrs")) {
            assertThat(child.killedBy(signal))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .startsWith("refused")
                    .contains("-Xrs")
                    .contains(signal.toString());
        }
    }

    @Test
    void shouldLeaveIgnoredWhatItsStarterIgnores() throws Exception {
        try (Child child = Child.start(Scenario.LISTEN, LoopKind.OWN_THREAD, UnixSignal.HUP, "nohup")) {
            child.kill(UnixSignal.HUP);
            assertThat(child.killedBy(UnixSignal.TERM)).containsExactly("hook");
            assertThat(child.program().errors()).contains("SIGHUP is ignored by this process");
        }
    }

    @Test
    void shouldPassOnToTheHandlerThatWasThere() throws Exception {
        UnixSignal signal = UnixSignal.TERM;
        try (Child child = Child.start(Scenario.AFTER_A_HANDLER_OF_JAVA, LoopKind.OWN_THREAD, signal)) {
            child.kill(signal);
            child.await("handler");
            child.step();
            child.awaitReady(2);
            child.kill(signal);
            Await.until(() -> child.said().stream().filter("handler"::equals).count() == 2, child.program()::toString);
            child.step();
            assertThat(child.end(SignalProgram.LEFT)).containsExactly(told(signal), "handler", "handler");
        }
    }

    @Test
    void shouldNotGoRoundInCirclesWithAHandlerOverIt() throws Exception {
        UnixSignal signal = UnixSignal.TERM;
        try (Child child = Child.start(Scenario.UNDER_A_HANDLER_OF_JAVA, LoopKind.OWN_THREAD, signal)) {
            assertThat(child.killedBy(signal)).containsExactly(told(signal), "handler", "hook");
        }
    }

    @Test
    void shouldLeaveASignalToGlibThatHasTakenIt() throws Exception {
        try (Child child = Child.start(Scenario.AFTER_A_HANDLER_OF_GLIB, LoopKind.OWN_THREAD, UnixSignal.TERM)) {
            child.step();
            assertThat(child.end(SignalProgram.LEFT))
                    .satisfiesExactly(
                            source -> assertThat(source).isEqualTo("source true"),
                            refusal -> assertThat(refusal).startsWith("refused").contains("g_unix_signal_source_new"),
                            handler -> assertThat(handler).endsWith("NativeHandler"));
        }
    }

    @Test
    void shouldLeaveNothingOfManyFutures() throws Exception {
        try (Child child = Child.start(Scenario.MANY, LoopKind.OWN_THREAD, UnixSignal.INT)) {
            assertThat(child.killedBy(UnixSignal.INT)).containsExactly(TERM_HANDLER, "hook");
        }
    }
}
