package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoop;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.loop.GLibBackend;

/** What a {@link GLibFdChannel} cannot be made of. What was opened for it is closed, what was given to it is not. */
class FdRefusalTest {
    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    @TempDir
    Path folder = Path.of("");

    private static void assertRefused(Path path) {
        assertThatThrownBy(() -> GLibFdChannel.open(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be waited for")
                .hasMessageContaining("plain file");
    }

    @Test
    void shouldRefuseAPlainFile() throws Exception {
        assertRefused(Files.createFile(folder.resolve("plain")));
    }

    @Test
    void shouldRefuseAFolder() {
        assertRefused(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null", "/dev/zero", "/dev/urandom"})
    void shouldRefuseADeviceThatIsAlwaysReady(String device) {
        assertRefused(Path.of(device));
    }

    @Test
    void shouldSayWhichFileIsMissing() {
        assertThatThrownBy(() -> GLibFdChannel.open(folder.resolve("missing")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void shouldLeaveARefusedDescriptorToItsOwner() throws Exception {
        Path plain = Files.writeString(folder.resolve("plain"), "text");
        FileDescriptor[] pipe = FileDescriptor.pipe();
        FileDescriptor file = FileDescriptor.from(plain.toFile());
        assertThatThrownBy(() -> new GLibFdChannel(file)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GLibFdChannel(pipe[0], file)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GLibFdChannel(pipe[1], pipe[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("writing only");
        assertThatThrownBy(() -> new GLibFdChannel(pipe[0], pipe[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reading only");
        for (FileDescriptor fd : new FileDescriptor[] {file, pipe[0], pipe[1]}) {
            assertThat(fd.isOpen()).isTrue();
            fd.close();
        }
    }

    @Test
    void shouldRefuseAClosedDescriptor() throws Exception {
        FileDescriptor[] pipe = FileDescriptor.pipe();
        pipe[0].close();
        pipe[1].close();
        assertThatThrownBy(() -> new GLibFdChannel(pipe[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no open descriptor");
    }

    @Test
    void shouldRefuseOptionsThatMeanNothingHere() {
        assertThatThrownBy(() -> GLibFdChannel.open(Path.of("/dev/null"), StandardOpenOption.APPEND))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    /** It was closed behind the channel's back. */
    @Test
    void shouldFailToRegisterWhatTheLoopRefuses() throws Exception {
        EventLoop loop = loops.newGroup(GLibBackend.EPOLL_SET).next();
        FileDescriptor counter = NativeFds.eventfd();
        GLibFdChannel channel = new GLibFdChannel(counter);
        Recorder events = new Recorder();
        channel.pipeline().addLast(events);
        // The loop has opened all that it needs.
        Await.success(loop.submit(() -> "started"));
        counter.close();
        assertThat(Await.failure(loop.register(channel))).hasMessageContaining("Bad file descriptor");
        assertThat(channel.isOpen()).isFalse();
        assertThat(events.count(Event.REGISTERED)).isZero();
        loops.assertNoChannelLeft();
        loops.assertIdle();
    }
}
