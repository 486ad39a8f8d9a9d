package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.util.concurrent.Future;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.Program;
import org.nettyglib.gstreamer.ffi.RawGst;
import org.nettyglib.loop.LoopFixture;

/** What goes wrong is said by whoever has seen it. */
class GstErrorsTest {
    private final LoopFixture fixture = new LoopFixture();

    @BeforeAll
    static void requireElements() {
        GStreamer.requireElements("decodebin", "fakesink", "fakesrc", "filesrc", "videotestsrc");
    }

    @AfterEach
    void tearDown() throws Exception {
        fixture.close();
    }

    private GstPipeline parse(String description) {
        return GstPipeline.parse(fixture.loop(), description);
    }

    @Test
    void shouldSayWhichElementHasFailed() throws Exception {
        GstPipeline pipeline = parse("filesrc name=reader location=/nowhere/film.webm ! fakesink");
        Future<Void> end = pipeline.endOfStream();
        assertThat(Await.failure(pipeline.play()))
                .asInstanceOf(InstanceOfAssertFactories.type(GstException.class))
                .satisfies(failure -> {
                    assertThat(failure.element()).isEqualTo("reader");
                    assertThat(failure.domain()).isEqualTo("gst-resource-error-quark");
                    assertThat(failure.code()).isEqualTo(3);
                    assertThat(failure.debug()).contains("gstfilesrc.c");
                    assertThat(failure).hasMessageContaining("/nowhere/film.webm");
                });
        assertThat(Await.failure(end)).isInstanceOf(GstException.class);
        assertThat(pipeline.state()).isNotEqualTo(GstState.PLAYING);
    }

    /** The call that changes the state has returned long before. */
    @Test
    void shouldFailWithAnErrorThatComesLater(@TempDir Path directory) throws Exception {
        Path noise = Files.write(directory.resolve("noise"), new byte[100_000]);
        GstPipeline pipeline = parse("filesrc location=" + noise + " ! decodebin ! fakesink");
        assertThat(Await.failure(pipeline.play()))
                .asInstanceOf(InstanceOfAssertFactories.type(GstException.class))
                .satisfies(failure -> assertThat(failure.domain()).isEqualTo("gst-stream-error-quark"));
    }

    @Test
    void shouldWorkAfterAnError() throws Exception {
        GstPipeline pipeline = parse("filesrc name=reader location=/nowhere ! fakesink");
        Await.failure(pipeline.play());
        Await.success(pipeline.setState(GstState.NULL));
        long reader = pipeline.rawElement("reader");
        RawGst.set(reader, "location", "/etc/hostname");
        NativePipeline.release(reader);
        Future<Void> end = pipeline.endOfStream();
        Await.success(pipeline.play());
        Await.success(end);
    }

    /** What has failed often says so twice. */
    @Test
    void shouldStopWithAnErrorOfBefore() throws Exception {
        GstPipeline pipeline = parse("videotestsrc name=picture ! fakesink");
        Await.success(pipeline.play());
        CountDownLatch released = fixture.block();
        Future<Void> ready = pipeline.ready();
        postError(pipeline, "picture");
        Await.until(() -> pipeline.state() == GstState.READY, () -> "READY");
        released.countDown();
        Await.success(ready);
        Await.success(pipeline.play());
    }

    /** To stop is to wait for a streaming thread, which waits for the second half of what it reads. */
    @Test
    void shouldStopWithAnErrorMeanwhile(@TempDir Path directory) throws Exception {
        Path fifo = Program.makeFifo(directory.resolve("fifo"));
        try (RandomAccessFile writer = new RandomAccessFile(fifo.toFile(), "rw")) {
            GstPipeline pipeline = parse("filesrc name=in blocksize=2 location=" + fifo + " ! fakesink async=false");
            Await.success(pipeline.play());
            writer.write(0);
            awaitEmpty(writer);
            Future<Void> stopped = pipeline.setState(GstState.NULL);
            Await.until(StateThreadsProbe::isInSetState, () -> "a blocked thread");
            CompletableFuture<GstBusMessage.Error> heard = new CompletableFuture<>();
            pipeline.addListener(message -> {
                if (message instanceof GstBusMessage.Error error) {
                    heard.complete(error);
                }
            });
            postError(pipeline, "in");
            assertThat(heard.get(Await.SECONDS, TimeUnit.SECONDS).cause()).hasMessageContaining("of before");
            assertThat(stopped.isDone()).isFalse();
            writer.write(0);
            Await.success(stopped);
        }
    }

    /** Waits until somebody has taken what was written. */
    private static void awaitEmpty(RandomAccessFile fifo) throws Exception {
        // It shares the descriptor, which is closed with the other.
        FileInputStream reader = new FileInputStream(fifo.getFD());
        Await.until(() -> available(reader) == 0, () -> "an empty FIFO");
    }

    private static int available(FileInputStream reader) {
        try {
            return reader.available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldFailOnTheWayUpToReady() throws Exception {
        GstPipeline pipeline = parse("fakesrc ! fakesink name=out state-error=null-to-ready");
        assertThat(Await.failure(pipeline.ready()))
                .asInstanceOf(InstanceOfAssertFactories.type(GstException.class))
                .satisfies(failure -> assertThat(failure.element()).isEqualTo("out"));
    }

    private static void postError(GstPipeline pipeline, String element) {
        long source = pipeline.rawElement(element);
        RawGst.post(source, RawGst.newReport("error", source, "of before", "test"));
        NativePipeline.release(source);
    }

    @Test
    void shouldNameThePackageOfAMissingElement() {
        assertThatExceptionOfType(GstMissingElementException.class)
                .isThrownBy(() -> parse("videotestsrc ! nosuchenc ! fakesink"))
                .satisfies(missing -> assertThat(missing.elements()).containsExactly("nosuchenc"))
                .withMessageContaining("nosuchenc is missing")
                .withMessageContaining("gst-inspect-1.0");
        assertThat(ElementPackages.describeMissing(List.of("x264enc", "appsink", "vp8enc", "webmmux")))
                .contains("vp8enc, webmmux are missing, which Debian and Ubuntu have in gstreamer1.0-plugins-good")
                .contains("sudo apt install gstreamer1.0-plugins-ugly")
                .contains("the GStreamer element appsink is missing");
        assertThatExceptionOfType(GstMissingElementException.class)
                .isThrownBy(() -> GStreamer.requireElements("fakesink", "nosuchsink", "nosuchsrc"))
                .withMessageContaining("nosuchsink, nosuchsrc are missing");
    }

    @Test
    void shouldSayWhatIsWrongWithADescription() {
        assertThatExceptionOfType(GstException.class)
                .isThrownBy(() -> parse("videotestsrc ! ! fakesink"))
                .withMessageContaining("videotestsrc ! ! fakesink");
        assertThatExceptionOfType(GstException.class)
                .isThrownBy(() -> parse("videotestsrc colour=red ! fakesink"))
                .withMessageContaining("colour");
        assertThatExceptionOfType(GstException.class)
                .isThrownBy(() -> parse("videotestsrc ! audioconvert ! fakesink"))
                .withMessageContaining("could not link");
        assertThatExceptionOfType(GstException.class).isThrownBy(() -> parse(""));
        assertThatIllegalArgumentException().isThrownBy(() -> parse("fakesrc\0"));
    }

    @Test
    void shouldNameTheElementsThatThereAre() {
        GstPipeline pipeline = parse("videotestsrc name=picture ! fakesink name=drain");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pipeline.rawElement("out"))
                .withMessageContaining("no element named out")
                .withMessageContaining("drain, picture");
    }
}
