package org.nettyglib.gstreamer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.channel.Await;
import org.nettyglib.gstreamer.Viewers.Viewed;
import org.nettyglib.loop.LoopKind;

/** What a viewer gets before the frames. */
@ParameterizedClass
@EnumSource
class AppSinkHeaderTest extends AppSinkFixture {
    private static final String CAPS = "application/x-test, streamheader=(buffer)< %s >, number=(int)%d";

    AppSinkHeaderTest(LoopKind kind) {
        super(kind);
    }

    private static String caps(String header, int number) {
        StringBuilder hex = new StringBuilder();
        header.chars().forEach(c -> hex.append(String.format("%02x", c)));
        return String.format(CAPS, hex, number);
    }

    @Test
    void shouldSendHeaderFirstAndAgainWhenItChanges() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            Viewed first = viewers.connect();
            Await.success(source.add(first.channel));
            pipeline.caps(caps("ONE", 1));
            pipeline.push(text("a"), 0);
            assertThat(read(first, 4)).isEqualTo("ONEa");

            Viewed second = viewers.connect();
            Await.success(source.add(second.channel));
            assertThat(read(second, 3)).as("at once").isEqualTo("ONE");
            // Another caps, the same header.
            pipeline.caps(caps("ONE", 2));
            pipeline.push(text("b"), 0);
            assertThat(read(first, 1)).isEqualTo("b");
            assertThat(read(second, 1)).isEqualTo("b");

            pipeline.caps(caps("TWO", 3));
            pipeline.push(text("c"), 0);
            Viewed third = viewers.connect();
            assertThat(read(first, 4)).isEqualTo("TWOc");
            Await.success(source.add(third.channel));
            pipeline.push(text("d"), 0);
            pipeline.end();
            assertThat(readAll(first)).isEqualTo("d");
            assertThat(readAll(second)).isEqualTo("TWOcd");
            assertThat(readAll(third)).isEqualTo("TWOd");
        }
    }

    @Test
    void shouldNotSendTheHeaderOfTheStreamTwice() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            pipeline.caps(caps("HEADER", 1));
            pipeline.push(text("HEAD"), MediaFrame.FLAG_HEADER);
            pipeline.push(text("ER"), MediaFrame.FLAG_HEADER);
            pipeline.push(text("a"), 0);
            // Not of the caps: tables of MPEG-TS, for example, that have changed.
            pipeline.push(text("HEADED"), MediaFrame.FLAG_HEADER);
            pipeline.push(text("HEADER"), 0);
            pipeline.end();
            assertThat(readAll(viewed)).isEqualTo("HEADERaHEADEDHEADER");
        }
    }

    /** Receivers that come later need the tables of MPEG-TS, which are the same again after a while. */
    @Test
    void shouldRepeatWhatTheStreamRepeats() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            pipeline.caps(caps("TABLES", 1));
            pipeline.push(text("TABLES"), MediaFrame.FLAG_HEADER);
            pipeline.push(text("a"), DELTA);
            pipeline.push(text("TABLES"), MediaFrame.FLAG_HEADER);
            pipeline.push(text("b"), DELTA);
            pipeline.end();
            assertThat(readAll(viewed)).isEqualTo("TABLESaTABLESb");
        }
    }

    @Test
    void shouldSendHeaderAgainWhenStreamBeginsAgain() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("");
                AppSinkSource source = pipeline.source().onEnd(viewer -> {}).build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            for (int i = 0; i < 2; i++) {
                pipeline.play();
                pipeline.caps(caps("HEADER", 1));
                pipeline.push(text("a"), 0);
                pipeline.end();
                assertThat(read(viewed, 7)).isEqualTo("HEADERa");
                pipeline.awaitEnd();
                pipeline.stop();
            }
        }
    }

    @Test
    void shouldBeginWithAKeyFrame() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().build()) {
            Viewed early = viewers.connect();
            Await.success(source.add(early.channel));
            pipeline.push(text("a"), DELTA);
            pipeline.push(text("b"), 0);
            pipeline.push(text("c"), DELTA);
            assertThat(read(early, 2)).isEqualTo("bc");
            Viewed late = viewers.connect();
            Await.success(source.add(late.channel));
            pipeline.push(text("d"), DELTA);
            pipeline.push(text("e"), 0);
            pipeline.end();
            assertThat(readAll(late)).isEqualTo("e");
            assertThat(readAll(early)).isEqualTo("de");
            assertThat(late.events()).isEmpty();
        }
    }

    @Test
    void shouldBeginAtOnceIfToldSo() throws Exception {
        try (SinkPipeline pipeline = SinkPipeline.fed("").play();
                AppSinkSource source = pipeline.source().startAtKeyFrame(false).build()) {
            Viewed viewed = viewers.connect();
            Await.success(source.add(viewed.channel));
            pipeline.push(text("a"), DELTA);
            pipeline.end();
            assertThat(readAll(viewed)).isEqualTo("a");
        }
    }
}
