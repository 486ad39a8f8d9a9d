package org.nettyglib.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nettyglib.examples.GStreamerElements;
import picocli.CommandLine;

class LiveDemoTest {

    private final StringWriter errors = new StringWriter();
    private final CommandLine demo = new CommandLine(new LiveDemo()).setErr(new PrintWriter(errors));

    @ParameterizedTest
    @CsvSource({
        "--size=nonsense, no size like 960x540",
        "--size=1x1, no size like 960x540",
        "--backend=poll, neither epoll-set nor source-per-fd",
        "--fps=0, --fps is between",
        "--pipeline=videotestsrc --sound, --sound goes with",
        "--pipeline=videotestsrc --file=x, mutually exclusive",
    })
    void shouldSayWhatIsWrongWithAnOption(String options, String message) {
        int code = demo.execute(options.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains(message);
    }

    @Test
    void shouldSayThatAFileIsNotThere() {
        int code = demo.execute("--file=/nowhere/film.webm");

        assertThat(code).isEqualTo(1);
        assertThat(errors.toString()).contains("There is no file /nowhere/film.webm");
    }

    @Test
    void shouldEndWithAReasonWhenThePortIsTaken() throws Exception {
        GStreamerElements.assumeTestPicture();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            int code = demo.execute("--port=" + other.getLocalPort());

            assertThat(code).isEqualTo(1);
            assertThat(errors.toString()).contains("is taken by another program");
        }
    }

    @Test
    void shouldEndWithAReasonWhenAnElementIsMissing() {
        GStreamerElements.assumeTestPicture();

        int code = demo.execute("--port=0", "--pipeline=nosuchelement");

        assertThat(code).isEqualTo(1);
        assertThat(errors.toString()).contains("nosuchelement is missing");
    }
}
