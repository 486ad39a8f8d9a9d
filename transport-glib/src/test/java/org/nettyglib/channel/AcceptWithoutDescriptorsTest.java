package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.nettyglib.loop.GLibBackend;

/** EMFILE in accept(2), in a JVM of its own: a full descriptor table would hit everybody in this one. */
class AcceptWithoutDescriptorsTest {
    private static final int LIMIT = 256;

    @Test
    void shouldPauseAndGoOnWhenNoDescriptorIsLeft() throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n " + LIMIT + " && exec \"$0\" \"$@\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-ea",
                        "-D" + GLibBackend.PROPERTY + '=' + System.getProperty(GLibBackend.PROPERTY, "epoll-set"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        DescriptorShortage.class.getName())
                .redirectErrorStream(true)
                .start();
        try (var output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(2 * Await.SECONDS, TimeUnit.SECONDS))
                    .as(text)
                    .isTrue();
            assertThat(process.exitValue()).as(text).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
