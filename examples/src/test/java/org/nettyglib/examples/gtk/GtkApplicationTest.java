package org.nettyglib.examples.gtk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Netty as a guest in {@code Application.run} of a real GTK application, which has a modal dialog open. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GtkApplicationTest {

    private static final int CLIENTS = 5;
    private static final int ROUNDS = 200;

    private Xvfb display;

    @BeforeEach
    void openTheDisplay() throws IOException {
        Xvfb.assumeGtkCanBeShown();
        display = Xvfb.start();
    }

    @AfterEach
    void closeTheDisplay() throws InterruptedException {
        if (display != null) {
            display.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll-set", "source-per-fd"})
    void shouldServeClientsInTheMainThreadAlsoWhileADialogIsOpen(String backend) throws Exception {
        try (GtkChild application = GtkChild.start(display, backend, GtkScene.class)) {
            int port = Integer.parseInt(application.await("port"));
            try (Client one = new Client(port)) {
                echo(port);

                one.ask("open dialog");
                assertThat(application.await("dialog")).isEqualTo("open");
                echo(port);
                one.ask("ask");
                assertThat(application.await("answer")).isEqualTo("from the button, dialog true");
                one.ask("close dialog");
                assertThat(application.await("dialog")).isEqualTo("closed");

                echo(port);
                one.ask("ask");
                assertThat(application.await("answer")).isEqualTo("from the button, dialog false");

                one.ask("close window");
            }
            assertThat(application.await("others"))
                    .as("threads beside the main one")
                    .isEqualTo("[]");
            assertThat(application.await("threads"))
                    .isEqualTo(
                            "[activate: main, bound: main, click on the first button: main,"
                                    + " click on the second button: main, client: main, connected: main, server: main, timer: main]");
            assertThat(application.status()).as(application.said()).isZero();
            assertThat(application.said()).doesNotContain("outside ");
        }
    }

    private static void echo(int port) throws IOException {
        List<Client> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client(port));
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (Client client : clients) {
                    client.ask("round " + round);
                }
            }
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
    }

    private static final class Client implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader input;

        Client(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setTcpNoDelay(true);
            input = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void ask(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            assertThat(input.readLine()).isEqualTo(line);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
