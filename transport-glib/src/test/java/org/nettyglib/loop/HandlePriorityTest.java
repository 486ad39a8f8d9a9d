package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoRegistration;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.SourceFuncs;

/** Handles of several priorities on one loop of each kind. */
class HandlePriorityTest {
    private static final int HIGH = -100;
    private static final int LOW = 200;

    /** The event loops that take a {@link GLibIoHandler}. */
    enum LoopKind {
        GLIB,
        MULTI_THREAD,
        MANUAL;

        IoEventLoopGroup start() throws Exception {
            return switch (this) {
                case GLIB -> new GLibEventLoopGroup(1);
                case MULTI_THREAD -> new MultiThreadIoEventLoopGroup(1, GLibIoHandler.newFactory());
                case MANUAL -> startManually();
            };
        }

        private static ManualIoEventLoop startManually() throws Exception {
            CompletableFuture<ManualIoEventLoop> started = new CompletableFuture<>();
            Thread.ofPlatform().start(() -> {
                ManualIoEventLoop loop = new ManualIoEventLoop(Thread.currentThread(), GLibIoHandler.newFactory());
                started.complete(loop);
                while (!loop.isTerminated()) {
                    loop.run(TimeUnit.SECONDS.toNanos(LoopFixture.TIMEOUT_SECONDS));
                }
            });
            return started.get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** A pipe whose reading end is watched; it tells when it was read. */
    private final class Pipe implements GLibIoHandle {
        private final String name;
        private final FileDescriptor reader;
        private final FileDescriptor writer;
        private volatile int priority;
        private volatile Runnable then = () -> {};
        private final IoRegistration registration;

        Pipe(IoEventLoop loop, String name, int priority) throws Exception {
            this.name = name;
            this.priority = priority;
            FileDescriptor[] ends = FileDescriptor.pipe();
            reader = ends[0];
            writer = ends[1];
            registration = loop.register(this).get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
            registration.submit(GLibIoOps.IN);
        }

        @Override
        public FileDescriptor fd() {
            return reader;
        }

        @Override
        public int priority(int ofLoop) {
            return priority;
        }

        /** From any thread. */
        void change(int to) {
            priority = to;
            registration.submit(GLibIoOps.IN);
        }

        void write() {
            try {
                assertThat(writer.write(ByteBuffer.allocateDirect(1), 0, 1)).isEqualTo(1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            try {
                assertThat(reader.read(ByteBuffer.allocateDirect(1), 0, 1)).isEqualTo(1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            events.add(name);
            then.run();
        }

        /** On the loop's thread, as it ends. */
        @Override
        public void close() throws IOException {
            reader.close();
            writer.close();
        }
    }

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final List<IoEventLoopGroup> groups = new ArrayList<>();
    private final int sources = SourceFuncs.liveSources();

    private IoEventLoop start(LoopKind kind) throws Exception {
        IoEventLoopGroup group = kind.start();
        groups.add(group);
        return group.next();
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        for (IoEventLoopGroup group : groups) {
            group.shutdownGracefully(0, LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertThat(group.awaitTermination(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isTrue();
        }
        awaitSources(sources);
    }

    private static void awaitSources(int most) throws InterruptedException {
        Await.until(
                () -> SourceFuncs.liveSources() <= most,
                () -> most + " sources, but there are " + SourceFuncs.liveSources());
    }

    private static <T> T call(IoEventLoop loop, Callable<T> task) throws Exception {
        return loop.submit(task).get(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** The next iteration finds all of them ready. */
    private void assertOrder(IoEventLoop loop, List<Pipe> written, String... expected) throws Exception {
        call(loop, () -> {
            written.forEach(Pipe::write);
            return written;
        });
        List<String> seen = new ArrayList<>();
        while (seen.size() < expected.length) {
            String event = events.poll(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertThat(event).as("the event after %s", seen).isNotNull();
            seen.add(event);
        }
        assertThat(seen).containsExactly(expected);
        call(loop, () -> "a turn for what comes too often");
        assertThat(events).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellHandlesInTheOrderOfTheirPriorities(LoopKind kind) throws Exception {
        IoEventLoop loop = start(kind);
        Pipe low = new Pipe(loop, "low", LOW);
        Pipe normal = new Pipe(loop, "normal", 0);
        Pipe high = new Pipe(loop, "high", HIGH);
        assertOrder(loop, List.of(low, normal, high), "high", "normal", "low");
        assertOrder(loop, List.of(high, low), "high", "low");
    }

    @ParameterizedTest
    @EnumSource
    void shouldFollowAChangeFromAnyThread(LoopKind kind) throws Exception {
        IoEventLoop loop = start(kind);
        Pipe one = new Pipe(loop, "one", LOW);
        Pipe two = new Pipe(loop, "two", 0);
        for (int i = 0; i < 20; i++) {
            one.change(HIGH);
            assertOrder(loop, List.of(one, two), "one", "two");
            call(loop, () -> {
                one.change(LOW);
                return LOW;
            });
            assertOrder(loop, List.of(one, two), "two", "one");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldFollowAChangeInsideAHandlesOwnEvent(LoopKind kind) throws Exception {
        IoEventLoop loop = start(kind);
        Pipe changing = new Pipe(loop, "changing", HIGH);
        Pipe other = new Pipe(loop, "other", 0);
        changing.then = () -> changing.change(changing.priority == HIGH ? LOW : HIGH);
        for (int i = 0; i < 50; i++) {
            assertOrder(loop, List.of(other, changing), "changing", "other");
            assertOrder(loop, List.of(other, changing), "other", "changing");
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnInsideANestedMainLoop(LoopKind kind) throws Exception {
        IoEventLoop loop = start(kind);
        Pipe nesting = new Pipe(loop, "nesting", HIGH);
        Pipe high = new Pipe(loop, "high", HIGH);
        Pipe low = new Pipe(loop, "low", LOW);
        Pipe last = new Pipe(loop, "last", LOW + 1);
        nesting.then = () -> {
            MainLoop nested = new MainLoop(MainContext.getThreadDefault(), false);
            last.then = nested::quit;
            low.write();
            last.write();
            // Waits, as this handle itself does, for the end of the nested loop.
            nesting.change(LOW);
            nested.run();
            nesting.then = () -> {};
            events.add("nested loop ended");
        };
        assertOrder(loop, List.of(nesting, nesting), "nesting", "low", "last", "nested loop ended", "nesting");
        assertOrder(loop, List.of(nesting, high), "high", "nesting");
    }

    /** As a channel does that is registered, changed and closed again and again. */
    @Test
    void shouldLeaveNoSourceBehindWhenHandlesComeAndGo() throws Exception {
        IoEventLoop loop = start(LoopKind.GLIB);
        call(loop, () -> "started");
        int before = SourceFuncs.liveSources();
        for (int i = 0; i < 1_000; i++) {
            Pipe pipe = new Pipe(loop, "pipe", i % 5 - 2);
            pipe.change(i % 3);
            pipe.registration.cancel();
            call(loop, () -> {
                pipe.close();
                return pipe;
            });
        }
        awaitSources(before);
    }
}
