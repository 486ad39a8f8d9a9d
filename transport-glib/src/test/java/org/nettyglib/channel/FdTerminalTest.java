package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A {@link GLibFdChannel} of a pseudo terminal, with a shell behind it, or another channel. */
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

    @BeforeEach
    void requirePseudoTerminals() {
        assumeTrue(Files.isReadable(MULTIPLEXER), "pseudo terminals: /dev/ptmx is missing");
    }

    private static GLibFdChannel open(Path terminal) {
        try {
            return GLibFdChannel.open(terminal, StandardOpenOption.READ, StandardOpenOption.WRITE);
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
