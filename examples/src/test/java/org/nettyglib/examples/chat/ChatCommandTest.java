package org.nettyglib.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ChatCommandTest {

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "localhost:", "localhost:door", "localhost:70000"})
    void shouldSayWhatIsWrongWithAnAddress(String address) {
        StringWriter errors = new StringWriter();

        int code = new CommandLine(new Chat()).setErr(new PrintWriter(errors)).execute("--join", address);

        assertThat(code).isEqualTo(2);
        assertThat(errors.toString()).contains("--join is no address like localhost:7010: " + address);
    }
}
