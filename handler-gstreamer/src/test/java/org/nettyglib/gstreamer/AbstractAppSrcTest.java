package org.nettyglib.gstreamer;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.nettyglib.loop.LoopKind;

/** Tests of channels that send to an appsrc: each with a server of its own, and a directory for what comes out of the pipeline. */
abstract class AbstractAppSrcTest {
    final LoopKind kind;
    final AppSrcFixture fixture;

    @TempDir
    Path directory;

    AbstractAppSrcTest(LoopKind kind) {
        this.kind = kind;
        fixture = new AppSrcFixture(kind);
    }

    @AfterEach
    void close() throws InterruptedException {
        fixture.close();
    }

    final Path file() {
        return directory.resolve("file");
    }
}
