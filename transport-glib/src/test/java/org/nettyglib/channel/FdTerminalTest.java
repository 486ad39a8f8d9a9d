package org.nettyglib.channel;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@link GLibFdChannel} of a pseudo terminal, with a shell behind it, or another channel. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails when its channel is closed
class FdTerminalTest {
    private static final Path MULTIPLEXER = Path.of("/dev/ptmx");

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Screen screen = new Screen();

    /** Keeps what comes as text. */
    private static final class Screen extends Recorder {
        private final StringBuffer text = new StringBuffer();

        @Override
        void on(Event event, Channel channel, Object detail) throws Exception {
            if (detail instanceof ByteBuf buf) {
                text.append(buf.toString(StandardCharsets.US_ASCII));
            }
            super.on(event, channel, detail);
        }

        void awaitText(String expected) throws InterruptedException {
            Await.until(() -> text.indexOf(expected) >= 0, () -> '"' + expected + "\" in \"" + text + '"');
        }
    }

    /** A terminal in the mode that programs find. */
    private record OpenedTerminal(FileDescriptor master, FileDescriptor slave) implements AutoCloseable {
        OpenedTerminal() throws IOException {
            this(DescriptorEnd.open(MULTIPLEXER, READ, WRITE));
        }

        private OpenedTerminal(FileDescriptor master) throws IOException {
            this(master, DescriptorEnd.open(NativeFds.slaveOf(master), READ, WRITE));
            NativeFds.makeBlocking(slave);
        }

        @Override
        public void close() throws IOException {
            slave.close();
            master.close();
        }
    }

    @BeforeEach
    void requirePseudoTerminals() {
        assumeTrue(Files.isReadable(MULTIPLEXER), "pseudo terminals: /dev/ptmx is missing");
    }

    private static GLibFdChannel open(Path terminal) {
        try {
            return GLibFdChannel.open(terminal, READ, WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GLibFdChannel register(Path terminal, Recorder handler) throws InterruptedException {
        return (GLibFdChannel) FdPipes.register(FdPipes.bootstrap(loops, handler), () -> open(terminal));
    }

    private static ChannelFuture type(Channel channel, String text) {
        return channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    /** A shell whose controlling terminal it is. This JVM must not get it, as a process that opens one might. */
    private static Process shellOn(Path terminal) throws Exception {
        return new ProcessBuilder("/bin/sh", "-c", "exec setsid --ctty /bin/sh -i <$0 >$0 2>&1", terminal.toString())
                .start();
    }

    @Test
    void shouldTalkToAShell() throws Exception {
        GLibFdChannel master = register(MULTIPLEXER, screen);
        Process shell = shellOn(NativeFds.slaveOf(master.fd()));
        try {
            Await.success(type(master, "tty; echo six times seven is $((6 * 7))\n"));
            screen.awaitText("six times seven is 42");
            screen.awaitText("/dev/pts/");
            loops.assertIdle();

            // 4,000 lines: more than a terminal keeps.
            Await.success(type(master, "i=0; while [ $i -lt 4000 ]; do echo line $i; i=$((i + 1)); done\n"));
            screen.awaitText("line 3999");

            // Control-C reaches what runs there.
            Await.success(type(master, "sh -c 'echo sleeping for $((999 + 1)); exec sleep 1000'\n"));
            screen.awaitText("sleeping for 1000");
            Await.success(type(master, "\u0003"));
            Await.success(type(master, "echo still $((1 + 1))\n"));
            screen.awaitText("still 2");

            Await.success(type(master, "exit 3\n"));
            assertThat(shell.waitFor(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(shell.exitValue()).isEqualTo(3);
            // Nobody has the other side open: that is the end, and no error.
            screen.assertClosedOnce();
            assertThat(screen.exceptions()).isEmpty();
            loops.assertIdle();
        } finally {
            shell.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldHangTheShellUpWhenItCloses() throws Exception {
        GLibFdChannel master = register(MULTIPLEXER, screen);
        Process shell = shellOn(NativeFds.slaveOf(master.fd()));
        try {
            Await.success(type(master, "echo $((40 + 2))\n"));
            screen.awaitText("42");
            Await.success(master.close());
            assertThat(shell.waitFor(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
            screen.assertClosedOnce();
        } finally {
            shell.destroyForcibly().waitFor();
        }
    }

    /** The slave is what a program has as its terminal. */
    @Test
    void shouldServeBothSidesOfATerminal() throws Exception {
        GLibFdChannel master = register(MULTIPLEXER, screen);
        Screen program = new Screen();
        GLibFdChannel slave = register(NativeFds.slaveOf(master.fd()), program);
        Await.success(type(master, "a line\n"));
        program.awaitText("a line\n");
        // Echoed by the terminal itself.
        screen.awaitText("a line\r\n");
        Await.success(type(slave, "an answer\n"));
        screen.awaitText("an answer\r\n");
        loops.assertIdle();

        Await.success(slave.close());
        screen.assertClosedOnce();
        program.assertClosedOnce();
        assertThat(screen.exceptions()).isEmpty();
    }

    /** As a program has its terminal: two names of one, which share its mode. Closing one gave the mode back for both. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldNotBlockAfterOneOfTwoNamesIsShut(boolean inputFirst) throws Exception {
        try (OpenedTerminal terminal = new OpenedTerminal()) {
            FileDescriptor in = NativeFds.duplicate(terminal.slave());
            FileDescriptor out = NativeFds.duplicate(terminal.slave());
            DuplexChannel channel = (DuplexChannel) FdPipes.register(
                    FdPipes.bootstrap(loops, screen).option(ChannelOption.ALLOW_HALF_CLOSURE, true),
                    () -> new GLibFdChannel(in, out));
            assertThat(NativeFds.isNonBlocking(terminal.slave())).isTrue();

            Await.success(inputFirst ? channel.shutdownInput() : channel.shutdownOutput());
            assertThat(NativeFds.isNonBlocking(terminal.slave())).isTrue();
            assertThat(channel.isOpen()).isTrue();
            if (inputFirst) {
                // More than a terminal keeps, and nobody looks at it.
                channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[1 << 20]));
            }
            loops.assertIdle();
            Await.success(channel.close());
            screen.assertClosedOnce();
            assertThat(NativeFds.isNonBlocking(terminal.slave()))
                    .as("not as it was found")
                    .isFalse();
        }
    }

    @Test
    void shouldEndASlaveWhoseMasterIsGone() throws Exception {
        GLibFdChannel master = register(MULTIPLEXER, screen);
        Screen program = new Screen();
        register(NativeFds.slaveOf(master.fd()), program);
        Await.success(master.close());
        program.assertClosedOnce();
        assertThat(program.exceptions()).isEmpty();
        loops.assertIdle();
    }
}
