package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.gnome.glib.MainContext;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.GLibSocketChannel;

/** What cannot work says so, and says what to do instead. */
class MisuseTest {
    @Test
    void shouldRefuseASecondLoopOnTheDefaultContext() throws Exception {
        try (LoopFixture first = new LoopFixture(new GLibEventLoopGroup())) {
            first.run(() -> {});
            assertThatIllegalStateException()
                    .isThrownBy(GLibEventLoopGroup::new)
                    .withMessageContaining("already has a Netty event loop")
                    .withMessageContaining("new GLibEventLoopGroup(nThreads)");
        }
    }

    @Test
    void shouldLeaseTheDefaultContextAgainAfterTheLoopsEnd() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (LoopFixture fixture = new LoopFixture(new GLibEventLoopGroup())) {
                assertThat(fixture.call(() -> fixture.loop().inEventLoop())).isTrue();
            }
        }
    }

    @Test
    void shouldRefuseADefaultContextThatAnotherThreadOwns() throws Exception {
        try (DefaultContextOwner owner = new DefaultContextOwner()) {
            owner.await();
            assertThatIllegalStateException()
                    .isThrownBy(GLibEventLoopGroup::new)
                    .withMessageContaining("owned by another thread")
                    .withMessageContaining("new GLibEventLoopGroup(nThreads)");
        }
    }

    @Test
    void shouldWaitForAThreadThatOwnsTheDefaultContextForAMoment() throws Exception {
        Thread waiting = Thread.currentThread();
        try (DefaultContextOwner owner = new DefaultContextOwner()) {
            owner.await();
            Thread.ofPlatform().start(() -> {
                while (!owner.isOver() && waiting.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                owner.release();
            });
            new LoopFixture(new GLibEventLoopGroup()).close();
        }
    }

    @Test
    void shouldRefuseADefaultContextThatThisThreadOwns() {
        MainContext context = MainContext.default_();
        DefaultContextOwner.acquire(context);
        try {
            assertThatIllegalStateException()
                    .isThrownBy(GLibEventLoopGroup::new)
                    .withMessageContaining("owned by this thread");
        } finally {
            context.release();
        }
    }

    /** After the look at the context, and before the loop has it, somebody else takes it. */
    @Test
    void shouldRefuseADefaultContextThatIsTakenAsTheLoopStarts() throws Exception {
        AtomicReference<DefaultContextOwner> owner = new AtomicReference<>();
        try {
            assertThatIllegalStateException()
                    .isThrownBy(() -> new GLibEventLoopGroup(loop -> new Thread(() -> {
                        owner.set(new DefaultContextOwner().await());
                        loop.run();
                    })))
                    .withMessageContaining("owned by another thread")
                    .withMessageContaining("new GLibEventLoopGroup(nThreads)");
        } finally {
            owner.get().close();
        }
        // The lease has ended with the loop.
        new LoopFixture(new GLibEventLoopGroup()).close();
    }

    /** A loop that has not started has no business on the thread that iterates its context meanwhile. */
    @Test
    void shouldRunNothingOnAThreadThatIteratesTheContextBeforeTheLoopStarts() throws Exception {
        GLibEventLoopGroup group = new GLibEventLoopGroup(1, (Executor) task -> {});
        AtomicBoolean ran = new AtomicBoolean();
        group.next().execute(() -> ran.set(true));
        MainContext context = ((GLibEventLoop) group.next()).mainContext();
        for (int i = 0; i < 10; i++) {
            context.iteration(false);
        }
        assertThat(ran).isFalse();
    }

    @Test
    void shouldRefuseVirtualThreads() throws Exception {
        GLibEventLoopGroup group = new GLibEventLoopGroup(1, Executors.newVirtualThreadPerTaskExecutor());
        group.next().execute(() -> {});
        assertThat(group.next().terminationFuture().await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        assertThat(group.next().terminationFuture().cause())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("platform threads");
    }

    @Test
    void shouldRefuseChannelsOfOtherTransports() throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            assertThat(fixture.group().register(new NioSocketChannel()).await().cause())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("incompatible event loop type");
        }
        MultiThreadIoEventLoopGroup nio = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            GLibSocketChannel channel = new GLibSocketChannel();
            assertThat(nio.register(channel).await().cause())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("incompatible event loop type");
            channel.unsafe().closeForcibly();
        } finally {
            nio.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void shouldRefuseAnUnknownBackend() {
        String before = System.getProperty(GLibBackend.PROPERTY);
        System.setProperty(GLibBackend.PROPERTY, "kqueue");
        try {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new GLibEventLoopGroup(1))
                    .withMessageContaining("kqueue")
                    .withMessageContaining("epoll-set")
                    .withMessageContaining("source-per-fd");
        } finally {
            if (before == null) {
                System.clearProperty(GLibBackend.PROPERTY);
            } else {
                System.setProperty(GLibBackend.PROPERTY, before);
            }
        }
    }

    @Test
    void shouldRefuseOtherHandlesAndOps() throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> fixture.loop()
                            .register(new IoHandle() {
                                @Override
                                public void handle(IoRegistration registration, IoEvent event) {}

                                @Override
                                public void close() {}
                            })
                            .get())
                    .havingCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .withMessageContaining("GLibIoHandle");

            FileDescriptor[] pipe = FileDescriptor.pipe();
            IoRegistration registration =
                    fixture.loop().register(new RecordingHandle(pipe[0])).get();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> registration.submit(new IoOps() {}))
                    .withMessageContaining("GLibIoOps");
            registration.cancel();
            fixture.run(() -> {});
            pipe[0].close();
            pipe[1].close();
        }
    }

    /** poll(2) calls a plain file ready for ever; epoll refuses it. GLib does as poll(2). */
    @Test
    void shouldSayWhatTheKernelSaysOfADescriptorThatCannotBeWatched() throws Exception {
        Path file = Files.createTempFile("netty-glib", ".txt");
        try (FileChannel ignored = FileChannel.open(file);
                LoopFixture fixture = new LoopFixture(new GLibEventLoopGroup(
                        1, null, GLibLoopOptions.defaults().backend(GLibBackend.EPOLL_SET)))) {
            FileDescriptor plain = FileDescriptor.from(file.toFile());
            IoRegistration registration =
                    fixture.loop().register(new RecordingHandle(plain)).get();
            assertThat(fixture.call(() -> {
                        try {
                            registration.submit(GLibIoOps.IN);
                            return "taken";
                        } catch (UncheckedIOException e) {
                            return e.getMessage();
                        }
                    }))
                    .contains("epoll_ctl")
                    .contains("Operation not permitted");
            registration.cancel();
            fixture.run(() -> {});
            plain.close();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void shouldListChannelsOnTheLoopsThreadOnly() throws Exception {
        try (LoopFixture fixture = new LoopFixture()) {
            var server = fixture.serveEcho();
            assertThat(fixture.call(
                            () -> fixture.loop().registeredChannelsIterator().next()))
                    .isSameAs(server);
            assertThat(fixture.loop().registeredChannels()).isEqualTo(1);
            assertThatIllegalStateException()
                    .isThrownBy(() -> fixture.loop().registeredChannelsIterator())
                    .withMessageContaining("own thread");
        }
    }

    /** Owns the default context once it is started, until it is told to stop. */
}
