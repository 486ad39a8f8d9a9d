package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.freedesktop.gstreamer.app.AppSink;
import org.freedesktop.gstreamer.gst.Element;
import org.freedesktop.gstreamer.gst.Gst;
import org.freedesktop.gstreamer.gst.Pipeline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.gstreamer.ffi.LibGst;
import org.nettyglib.loop.LoopFixture;

/** Java-gi's objects and ours for the same elements. */
class JavaGiPipelineTest {
    private final LoopFixture fixture = new LoopFixture();

    @BeforeAll
    static void init() {
        GStreamer.requireElements("appsink", "videotestsrc");
        GStreamer.init();
    }

    @AfterEach
    void tearDown() throws Exception {
        fixture.close();
    }

    @Test
    void shouldPlayAPipelineOfJavaGis() throws Exception {
        Pipeline theirs = (Pipeline) Gst.parseLaunch("videotestsrc num-buffers=3 ! fakesink");
        long address = theirs.handle().address();
        int before = LibGobject.refCount(address);
        GstPipeline pipeline = GstPipeline.of(fixture.loop(), theirs);
        pipeline.play();
        Await.success(pipeline.endOfStream());
        Await.success(pipeline.close());
        // A thread of GStreamer's own may have one for its last breath.
        Await.until(
                () -> LibGobject.refCount(address) == before,
                () -> before + " references, but there are " + LibGobject.refCount(address));
        assertThat(theirs.getName()).startsWith("pipeline");
        // What java-gi's parseLaunch has taken too much.
        LibGst.gst_object_unref(address);
    }

    @Test
    void shouldGiveElementsAsJavaGisObjects() throws Exception {
        GstPipeline pipeline = GstPipeline.parse(
                fixture.loop(), "videotestsrc name=picture num-buffers=3 ! appsink name=out sync=false");
        AppSink sink = pipeline.element("out", AppSink.class);
        long address = sink.handle().address();
        int references = LibGobject.refCount(address);
        for (int i = 0; i < 10; i++) {
            assertThat(pipeline.element("out", AppSink.class)).isSameAs(sink);
        }
        assertThat(LibGobject.refCount(address)).isEqualTo(references);
        assertThat(pipeline.element("out", Element.class)).isSameAs(sink);
        assertThat(sink.getName()).isEqualTo("out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pipeline.element("picture", AppSink.class))
                .withMessageContaining("picture");
        LibGst.gst_object_ref(address);
        Await.success(pipeline.close());
        // Java-gi's and this test's: the pipeline has given back its own.
        assertThat(LibGobject.refCount(address)).isEqualTo(2);
        LibGst.gst_object_unref(address);
    }
}
