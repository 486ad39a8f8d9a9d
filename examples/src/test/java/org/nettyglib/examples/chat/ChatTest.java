package org.nettyglib.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.examples.gtk.GtkChild;
import org.nettyglib.examples.gtk.Xvfb;
import org.nettyglib.loop.GLibEventLoopGroup;

/** Two windows and somebody without one, in three processes or threads, talk to each other. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChatTest {

    private Xvfb display;
    private EventLoopGroup group;

    @BeforeEach
    void openTheDisplay() throws Exception {
        Xvfb.assumeGtkCanBeShown();
        display = Xvfb.start();
        group = new GLibEventLoopGroup(1);
    }

    @AfterEach
    void closeTheDisplay() throws Exception {
        if (display != null) {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
            display.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll-set", "source-per-fd"})
    void shouldShowInEachWindowWhatIsSaidInAnother(String backend) throws Exception {
        try (GtkChild ada = GtkChild.start(display, backend, DrivenChat.class, "Ada", "host")) {
            int port = port(ada);
            try (Friend linus = Friend.enter(group, port, "Linus");
                    GtkChild grace =
                            GtkChild.start(display, backend, DrivenChat.class, "Grace", "join", String.valueOf(port))) {
                linus.await("present\tAda\tLinus\tGrace");

                linus.say("Hello windows");
                awaitShown(ada, "Hello windows");
                awaitShown(grace, "Hello windows");

                ada.tell("type Hello from Ada");
                ada.tell("enter");
                linus.await("said", "\tAda\tHello from Ada");
                awaitShown(grace, "Ada | Hello from Ada");

                grace.tell("type Hello from Grace");
                grace.tell("click");
                linus.await("said", "\tGrace\tHello from Grace");
                awaitShown(ada, "Grace | Hello from Grace");

                grace.tell("close");
                assertThat(grace.status()).as(grace.said()).isZero();
                linus.await("news\tGrace has left");
                awaitShown(ada, "2 connected");

                ada.tell("close");
                assertThat(ada.status()).as(ada.said()).isZero();
                linus.await("ended\tThe room was closed");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll-set", "source-per-fd"})
    void shouldOutliveItsRoom(String backend) throws Exception {
        try (GtkChild ada = GtkChild.start(display, backend, DrivenChat.class, "Ada", "host")) {
            int port = port(ada);
            try (GtkChild grace =
                    GtkChild.start(display, backend, DrivenChat.class, "Grace", "join", String.valueOf(port))) {
                awaitShown(ada, "2 connected");
                ada.tell("close");
                assertThat(ada.status()).as(ada.said()).isZero();

                awaitShown(grace, "The room was closed");

                grace.tell("close");
                assertThat(grace.status()).as(grace.said()).isZero();
            }
        }
    }

    @Test
    void shouldSayWhyThereIsNoRoom() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());
            try (GtkChild ada = GtkChild.start(display, "epoll-set", DrivenChat.class, "Ada", "host", port)) {
                assertThat(awaitShown(ada, "Not connected")).contains("Address already in use");

                ada.tell("close");
                assertThat(ada.status()).as(ada.said()).isZero();
            }
        }
    }

    private static int port(GtkChild host) throws Exception {
        String shown = awaitShown(host, "1 connected");
        return Integer.parseInt(shown.replaceFirst(".*hosted at [^:]*:(\\d+).*", "$1"));
    }

    private static String awaitShown(GtkChild window, String text) throws Exception {
        while (true) {
            window.tell("show");
            String shown = window.await("shown");
            if (shown.contains(text)) {
                return shown;
            }
            Thread.sleep(20);
        }
    }
}
