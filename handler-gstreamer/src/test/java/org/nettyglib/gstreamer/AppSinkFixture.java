package org.nettyglib.gstreamer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.nettyglib.gstreamer.Viewers.Viewed;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** What the tests of sources have in common: a loop, and viewers on it. */
abstract class AppSinkFixture {
    static final int DELTA = MediaFrame.FLAG_DELTA_UNIT;

    final LoopKind kind;
    LoopFixture loops;
    Viewers viewers;

    @SuppressWarnings("NullAway.Init") // by JUnit
    AppSinkFixture(LoopKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void open() throws Exception {
        loops = kind.open();
        viewers = new Viewers(loops.group());
    }

    @AfterEach
    void close() throws Exception {
        viewers.close();
        loops.close();
    }

    static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    /** Reads as much as is expected. */
    static String read(Viewed viewed, int length) throws Exception {
        return new String(viewed.read(length), StandardCharsets.US_ASCII);
    }

    static String readAll(Viewed viewed) throws Exception {
        return new String(viewed.readAll(), StandardCharsets.US_ASCII);
    }
}
