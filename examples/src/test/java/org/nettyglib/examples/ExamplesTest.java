package org.nettyglib.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.examples.attached.AttachedServer;
import org.nettyglib.examples.chat.Friend;
import org.nettyglib.examples.echo.EchoServer;
import org.nettyglib.examples.nested.NestedInCallback;
import org.nettyglib.examples.nested.NestedLoop;
import org.nettyglib.examples.timers.GLibTimers;
import org.nettyglib.loop.GLibEventLoopGroup;

/** The examples, run as a reader would run them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExamplesTest {

    @Test
    void echoServerShouldSendBackWhatItIsSent() throws Exception {
        Process example = start(EchoServer.class, "0");
        try (BufferedReader output = example.inputReader()) {
            String line = output.readLine();
            int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
            try (Socket socket = new Socket("localhost", port)) {
                socket.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));

                String answer = new BufferedReader(
                                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine();

                assertThat(answer).isEqualTo("hello");
            }
        } finally {
            example.destroy();
        }
    }

    @Test
    void nestedLoopShouldServeOthersMeanwhile() throws Exception {
        assertThat(output(NestedLoop.class))
                .containsPattern("another connection had [1-9]\\d* answers from the same thread");
    }

    @Test
    void nestedLoopInACallbackShouldServeMeanwhile() throws Exception {
        assertThat(output(NestedInCallback.class))
                .containsPattern("the ball went [1-9]\\d* times between a client and a server in the same thread");
    }

    @Test
    void attachedServerShouldServeInTheMainThreadUntilTheLastGuestHasLeft() throws Exception {
        Process example = start(AttachedServer.class, "0");
        EventLoopGroup group = new GLibEventLoopGroup(1);
        try (BufferedReader output = example.inputReader()) {
            String line = output.readLine();
            int port = Integer.parseInt(line.replaceFirst(".*:(\\d+), in the thread main", "$1"));
            try (Friend ada = Friend.enter(group, port, "Ada");
                    Friend grace = Friend.enter(group, port, "Grace")) {
                ada.await("present\tAda\tGrace");
                grace.say("Hello");
                ada.await("said", "\tGrace\tHello");
                while (!output.readLine().equals("2 here, in the thread main")) {}
            }

            assertThat(output.lines()).endsWith("0 here, in the thread main", "Closed, in the thread main");
            assertThat(example.waitFor()).isZero();
        } finally {
            example.destroy();
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void timersShouldTickInOneThread() throws Exception {
        assertThat(output(GLibTimers.class).lines())
                .hasSizeGreaterThanOrEqualTo(10)
                .allMatch(line -> line.endsWith("in the event loop: true"))
                .anyMatch(line -> line.contains("GLib's"))
                .anyMatch(line -> line.contains("Netty's"));
    }

    private static String output(Class<?> example) throws IOException, InterruptedException {
        Process process = start(example);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static Process start(Class<?> example, String... args) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                example.getName());
        builder.command().addAll(List.of(args));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
