package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.loop.LoopFixture.Client;

/** An idle loop waits in one system call and makes no other, whoever iterates its context. */
@ParameterizedClass
@EnumSource
class IdleLoopTest {
    private final LoopKind kind;

    IdleLoopTest(LoopKind kind) {
        this.kind = kind;
    }

    /** The kernel's id of the calling thread. */
    private static Path ownTask() throws IOException {
        return Path.of("/proc")
                .resolve(Files.readSymbolicLink(Path.of("/proc/thread-self")))
                .toRealPath();
    }

    /** How often the thread has gone to sleep: each blocking system call counts. */
    private static long sleeps(Path task) throws IOException {
        return Files.readAllLines(task.resolve("status")).stream()
                .filter(line -> line.startsWith("voluntary_ctxt_switches"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).trim()))
                .sum();
    }

    /** By the state in its status; one that waits for a processor is not asleep. */
    private static boolean isAsleep(Path task) {
        try {
            return Files.readAllLines(task.resolve("status")).stream().anyMatch(line -> line.startsWith("State:\tS"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldMakeNoSystemCallWhileNothingHappens() throws Exception {
        try (LoopFixture fixture = kind.open()) {
            // Connections, and timers that are far away or cancelled: none of them is a reason to wake up.
            var server = fixture.serveEcho();
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Client client = fixture.connect(server);
                assertThat(client.ask("hello")).isEqualTo("hello");
                clients.add(client);
            }
            fixture.loop().schedule(() -> {}, 1, TimeUnit.HOURS);
            fixture.loop().schedule(() -> {}, 2, TimeUnit.HOURS).cancel(false);
            assertMakesNoSystemCall(fixture);
            assertThat(clients)
                    .allSatisfy(client -> assertThat(client.ask("still here")).isEqualTo("still here"));
        }
    }

    /** Each has a set of its own, which is polled beside the loop's. */
    @Test
    void shouldMakeNoSystemCallWhileHandlesOfSeveralPrioritiesWait() throws Exception {
        try (LoopFixture fixture = kind.open()) {
            FileDescriptor[] ends = FileDescriptor.pipe();
            RecordingHandle reader = register(fixture, ends[0], GLibIoOps.IN, -100);
            register(fixture, ends[1], GLibIoOps.ERR, 200);
            assertMakesNoSystemCall(fixture);

            ends[1].write(ByteBuffer.allocateDirect(1), 0, 1);
            assertThat(reader.events.poll(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isEqualTo(GLibIoOps.IN);

            fixture.close();
            ends[0].close();
            ends[1].close();
        }
    }

    /** Timers, tasks and the masked interest of the channels that nest are no reason either. */
    @Test
    void shouldMakeNoSystemCallWhileNestedLoopsWait() throws Exception {
        try (LoopFixture fixture = kind.open()) {
            Nesting nesting = new Nesting(fixture);
            for (int depth = 1; depth <= 3; depth++) {
                Client nested = fixture.connect(nesting.server());
                nested.send(Nesting.WORD);
                nesting.awaitDepth(depth);
                nested.send("more");
            }
            fixture.loop().schedule(() -> {}, 1, TimeUnit.HOURS);
            assertMakesNoSystemCall(fixture);
            nesting.quit();
            nesting.awaitDepth(0);
        }
    }

    private static RecordingHandle register(LoopFixture fixture, FileDescriptor fd, GLibIoOps interest, int priority)
            throws Exception {
        RecordingHandle handle = new RecordingHandle(fd) {
            @Override
            public int priority(int ofLoop) {
                return priority;
            }
        };
        fixture.loop().register(handle).get().submit(interest);
        return handle;
    }

    private static void assertMakesNoSystemCall(LoopFixture fixture) throws Exception {
        Path task = fixture.call(IdleLoopTest::ownTask);
        assertThat(task).startsWith(Path.of("/proc"));
        Thread.sleep(300);
        // On a busy machine it may not have come to its wait yet.
        Await.until(() -> isAsleep(task), () -> "the loop waits");

        long sleepsBefore = sleeps(task);
        long iterationsBefore = fixture.loop().metrics().iterations();
        String callBefore = Files.readString(task.resolve("syscall"));
        Thread.sleep(3_000);
        assertThat(Files.readString(task.resolve("syscall")))
                .as("the system call that the loop waits in")
                .isEqualTo(callBefore);
        assertThat(sleeps(task) - sleepsBefore).as("how often the loop woke up").isZero();
        assertThat(fixture.loop().metrics().iterations())
                .as("iterations")
                .isEqualTo(iterationsBefore)
                .isPositive();
    }
}
