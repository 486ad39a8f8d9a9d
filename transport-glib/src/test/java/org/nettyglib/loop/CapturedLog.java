package org.nettyglib.loop;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.nettyglib.channel.Await;

/** What is logged, which in these tests goes to the standard error, and what is printed there. */
final class CapturedLog implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    CapturedLog() {
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    void await(String part) throws InterruptedException {
        Await.until(() -> text().contains(part), () -> '"' + part + "\" in the log, which is:\n" + text());
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
