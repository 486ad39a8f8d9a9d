package org.nettyglib.gstreamer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.nettyglib.channel.Await;

/** Keeps what a pipeline says. */
final class RecordingListener implements GstBusListener {
    private final GstPipeline pipeline;
    private final List<GstBusMessage> messages = new CopyOnWriteArrayList<>();
    private volatile boolean elsewhere;

    RecordingListener(GstPipeline pipeline) {
        this.pipeline = pipeline;
        pipeline.addListener(this);
    }

    @Override
    public void message(GstBusMessage message) {
        elsewhere |= !pipeline.eventLoop().inEventLoop();
        messages.add(message);
    }

    boolean threadsAreTheLoops() {
        return !elsewhere;
    }

    boolean has(Predicate<GstBusMessage> which) {
        return messages.stream().anyMatch(which);
    }

    <T extends GstBusMessage> T await(Class<T> type) throws InterruptedException {
        return await(type, message -> true);
    }

    /** The first message of a kind. */
    <T extends GstBusMessage> T await(Class<T> type, Predicate<T> which) throws InterruptedException {
        Await.until(
                () -> messages.stream().anyMatch(m -> type.isInstance(m) && which.test(type.cast(m))),
                () -> type.getSimpleName() + ", but there is " + messages);
        return messages.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(which)
                .findFirst()
                .orElseThrow();
    }
}
