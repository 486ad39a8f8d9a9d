package org.nettyglib.examples.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nettyglib.examples.Chromium;
import org.nettyglib.examples.GStreamerElements;
import org.nettyglib.examples.live.media.Picture;
import org.nettyglib.loop.GLibBackend;

/** The page in a real browser: what a user sees and presses. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePageBrowserTest {

    private static final String FINGERPRINT_OF = """
            (picture => {
              const canvas = document.createElement('canvas');
              canvas.width = 80; canvas.height = 45;
              const brush = canvas.getContext('2d');
              brush.drawImage(picture, 0, 0, 80, 45);
              const pixels = brush.getImageData(0, 0, 80, 45).data;
              let hash = 0;
              for (const value of pixels) hash = (hash * 31 + value) | 0;
              return picture.naturalWidth + ':' + hash;
            })""";

    /** A fingerprint of the picture as the browser shows it now. */
    private static final String FINGERPRINT = FINGERPRINT_OF + "(document.getElementById('picture'))";

    /** That of the last picture that the server has. */
    private static final String FINGERPRINT_OF_LAST = """
            (async () => {
              const last = new Image();
              last.src = '/frame.jpg';
              await last.decode();
              return %s(last);
            })()""".formatted(FINGERPRINT_OF);

    private LiveServer server;
    private Chromium browser;

    @BeforeEach
    void openThePage() throws Exception {
        GStreamerElements.assumeTestPicture();
        browser = Chromium.start();
        Picture picture = new Picture.Test(new Picture.Format(320, 180, 10), false);
        server = LiveServer.start(new LiveServer.Settings(picture, "localhost", 0, GLibBackend.fromProperty()));
        browser.open("http://localhost:" + server.port() + "/");
        browser.await("document.getElementById('picture').naturalWidth === 320");
        browser.await("document.getElementById('badge').dataset.phase === 'PLAYING'");
        // It is PAUSED on its way there, too.
        browser.await("document.getElementById('state').textContent === 'PLAYING'");
    }

    @AfterEach
    void closeThePage() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shouldShowAPictureThatMoves() throws Exception {
        String first = browser.evaluate(FINGERPRINT);

        browser.await(FINGERPRINT + " !== '" + first + "'");
    }

    @Test
    void shouldStopAtPauseAndGoOnAtPlay() throws Exception {
        click("pause");
        browser.await("document.getElementById('state').textContent === 'PAUSED'");
        browser.await("document.getElementById('pause').disabled && !document.getElementById('play').disabled");
        // No frame is on its way to the server any more, but the last one may be on its way to the screen.
        long frames = server.frames();
        String still = browser.evaluate(FINGERPRINT_OF_LAST);
        browser.await(FINGERPRINT + " === '" + still + "'");
        Thread.sleep(1000);
        assertThat(server.frames()).as("frames").isEqualTo(frames);
        assertThat(browser.evaluate(FINGERPRINT)).as("the paused picture").isEqualTo(still);

        click("play");
        browser.await(FINGERPRINT + " !== '" + still + "'");
    }

    @Test
    void shouldShowThePausedPictureToAPageThatIsOpenedLater() throws Exception {
        click("pause");
        browser.await("document.getElementById('state').textContent === 'PAUSED'");

        browser.open("http://localhost:" + server.port() + "/");

        browser.await("document.getElementById('state').textContent === 'PAUSED'");
        browser.await("document.getElementById('picture').naturalWidth === 320");
    }

    @Test
    void shouldChangeTheTestPicture() throws Exception {
        browser.evaluate("document.querySelector('[data-pattern=\"gradient\"]').click()");
        browser.await("document.querySelector('[data-pattern=\"gradient\"]').getAttribute('aria-checked') === 'true'");

        // Unlike all others but the text, it stands still.
        awaitStandingStill();
    }

    @Test
    void shouldWriteOnThePicture() throws Exception {
        GStreamerElements.assumeInstalled("textoverlay");
        browser.evaluate("document.querySelector('[data-pattern=\"gradient\"]').click()");
        String plain = awaitStandingStill();

        browser.evaluate("document.getElementById('text').value = 'Hello <b>& goodbye'");
        click("write");

        browser.await(FINGERPRINT + " !== '" + plain + "'");
        browser.await("document.getElementById('write').disabled === false");
    }

    /** The reports that come each second used to put the server's text back. */
    @Test
    void shouldKeepWhatIsTypedUntilItIsWritten() throws Exception {
        String uptime = "document.getElementById('uptime').textContent";
        String before = browser.evaluate(uptime);
        browser.evaluate("document.getElementById('text').value = 'not written yet'");

        browser.await(uptime + " !== '" + before + "'");
        String next = browser.evaluate(uptime);
        browser.await(uptime + " !== '" + next + "'");

        assertThat(browser.evaluate("document.getElementById('text').value")).isEqualTo("not written yet");
    }

    @Test
    void shouldShowThatAllRunsOnOneThread() throws Exception {
        click("pause");
        browser.await("document.getElementById('works').children.length === 7");

        assertThat(browser.evaluate("document.getElementById('thread-title').textContent"))
                .isEqualTo("One thread does it all");
        assertThat(browser.evaluate("document.getElementById('thread-count').textContent"))
                .isEqualTo("7 kinds of work, 1 thread");
        assertThat(browser.evaluate("document.getElementById('thread-name').textContent"))
                .startsWith("glib-loop");
        assertThat(browser.evaluate("document.getElementById('log').children.length"))
                .as("bus messages")
                .isNotEqualTo("0");
        browser.await("document.querySelector('#viewers .you') !== null");
    }

    @Test
    void shouldObeyTheSpaceKey() throws Exception {
        browser.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: ' ', bubbles: true}))");

        browser.await("document.getElementById('badge').dataset.phase === 'PAUSED'");
    }

    private void click(String id) throws Exception {
        browser.evaluate("document.getElementById('" + id + "').click()");
    }

    private String awaitStandingStill() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String last = browser.evaluate(FINGERPRINT);
        while (System.nanoTime() < deadline) {
            Thread.sleep(700);
            String next = browser.evaluate(FINGERPRINT);
            if (next.equals(last)) {
                return next;
            }
            last = next;
        }
        throw new AssertionError("the picture does not stand still");
    }
}
