package org.nettyglib.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.FileDescriptor;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link GLibIoHandle} with a pipe, without any channel. */
class IoHandleTest {
    private final LoopFixture fixture = new LoopFixture();
    private FileDescriptor reader = FileDescriptor.pipe()[0];
    private FileDescriptor writer = reader;

    IoHandleTest() throws Exception {
        reader.close();
    }

    @BeforeEach
    void setUp() throws Exception {
        FileDescriptor[] pipe = FileDescriptor.pipe();
        reader = pipe[0];
        writer = pipe[1];
    }

    @AfterEach
    void tearDown() throws Exception {
        fixture.close();
        reader.close();
        writer.close();
    }

    private void write() throws Exception {
        ByteBuffer one = ByteBuffer.allocateDirect(1);
        writer.write(one, 0, 1);
    }

    private static GLibIoOps next(RecordingHandle handle) throws InterruptedException {
        GLibIoOps ops = handle.events.poll(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(ops).isNotNull();
        return ops;
    }

    @Test
    void shouldTellOfWhatWasSubmittedAndOfNothingBefore() throws Exception {
        write();
        RecordingHandle handle = new RecordingHandle(reader);
        IoRegistration registration = fixture.loop().register(handle).get();
        fixture.run(() -> {});
        assertThat(handle.life).containsExactly("registered");
        assertThat(handle.events).isEmpty();

        assertThat(registration.submit(GLibIoOps.IN)).isEqualTo(GLibIoOps.IN.value());
        assertThat(next(handle).contains(GLibIoOps.IN)).isTrue();
        fixture.run(() -> {});
        assertThat(handle.events).as("events after NONE was submitted").isEmpty();

        registration.submit(GLibIoOps.IN);
        assertThat(next(handle).contains(GLibIoOps.IN)).isTrue();
    }

    @Test
    void shouldTellOfAHangUpThatWasNotAskedFor() throws Exception {
        RecordingHandle handle = new RecordingHandle(reader);
        fixture.loop().register(handle).get().submit(GLibIoOps.IN);
        writer.close();
        assertThat(next(handle).contains(GLibIoOps.HUP)).isTrue();
    }

    @Test
    void shouldEndOnceWhenCancelled() throws Exception {
        RecordingHandle handle = new RecordingHandle(reader);
        IoRegistration registration = fixture.loop().register(handle).get();
        assertThat(registration.isValid()).isTrue();
        assertThat(registration.cancel()).isTrue();
        assertThat(registration.cancel()).isFalse();
        assertThat(registration.isValid()).isFalse();
        fixture.run(() -> {});
        assertThat(handle.life).containsExactly("registered", "unregistered");
        assertThat(registration.submit(GLibIoOps.IN)).isEqualTo(-1);
        write();
        fixture.run(() -> {});
        assertThat(handle.events).isEmpty();
    }

    @Test
    void shouldCloseHandlesWhenTheLoopEnds() throws Exception {
        RecordingHandle handle = new RecordingHandle(reader);
        fixture.loop().register(handle).get().submit(GLibIoOps.IN);
        fixture.close();
        assertThat(handle.life).containsExactly("registered", "unregistered", "closed");
    }

    /** A level-triggered event that nobody takes would come for ever. */
    @Test
    void shouldCloseAHandleThatThrows() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        RecordingHandle handle = new RecordingHandle(reader) {
            @Override
            public void handle(IoRegistration registration, IoEvent event) {
                calls.incrementAndGet();
                throw new IllegalStateException("thrown by a test in IoHandle.handle");
            }
        };
        fixture.loop().register(handle).get().submit(GLibIoOps.IN);
        write();
        assertThat(handle.life.poll(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("registered");
        assertThat(handle.life.poll(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("unregistered");
        assertThat(handle.life.poll(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .isEqualTo("closed");
        fixture.run(() -> {});
        assertThat(calls).hasValue(1);
    }

    /** A descriptor's number is used again at once: an event for the old one is not told to the new one. */
    @Test
    void shouldNotTellAnotherHandleWithTheSameDescriptorOfAnOldEvent() throws Exception {
        for (int i = 0; i < 200; i++) {
            RecordingHandle old = new RecordingHandle(reader);
            IoRegistration oldRegistration = fixture.loop().register(old).get();
            oldRegistration.submit(GLibIoOps.IN);
            RecordingHandle young = fixture.call(() -> {
                write();
                oldRegistration.cancel();
                reader.close();
                writer.close();
                setUp();
                RecordingHandle handle = new RecordingHandle(reader);
                fixture.loop().register(handle).get().submit(GLibIoOps.IN);
                return handle;
            });
            fixture.run(() -> {});
            fixture.run(() -> {});
            assertThat(young.events).isEmpty();
            write();
            assertThat(next(young).contains(GLibIoOps.IN)).isTrue();
        }
    }
}
