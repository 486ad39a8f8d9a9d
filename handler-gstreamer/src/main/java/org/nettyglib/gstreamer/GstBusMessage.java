package org.nettyglib.gstreamer;

/**
 * What a pipeline or an element in it says on the bus. A copy of GStreamer's message: nothing has to be released.
 *
 * @see <a href="https://gstreamer.freedesktop.org/documentation/gstreamer/gstmessage.html">GstMessage</a>
 */
public sealed interface GstBusMessage {
    /** What {@link #source()} is where a message has none. */
    String APPLICATION = "application";

    /**
     * Who says it.
     *
     * @return the name of the element or of the pipeline, {@value #APPLICATION} where a message has no source
     */
    String source();

    /**
     * The pipeline cannot go on.
     *
     * @param source the element that has failed
     * @param cause what has happened
     */
    record Error(String source, GstException cause) implements GstBusMessage {}

    /**
     * Something is wrong, and the pipeline goes on.
     *
     * @param source an element
     * @param cause what has happened
     */
    record Warning(String source, GstException cause) implements GstBusMessage {}

    /**
     * Something is worth knowing.
     *
     * @param source an element
     * @param cause what has happened
     */
    record Info(String source, GstException cause) implements GstBusMessage {}

    /**
     * All sinks have got everything.
     *
     * @param source the pipeline
     */
    record EndOfStream(String source) implements GstBusMessage {}

    /**
     * The pipeline, or an element in it, has got to another state.
     *
     * @param source which
     * @param ofPipeline whether it is the pipeline itself
     * @param before the state before
     * @param after the state now
     * @param pending the state that it is going to, or {@link GstState#VOID_PENDING}
     */
    record StateChanged(String source, boolean ofPipeline, GstState before, GstState after, GstState pending)
            implements GstBusMessage {}

    /**
     * A change of state, or a seek, that took its time is complete.
     *
     * @param source the pipeline
     * @param runningTime what the running time will be when it plays, in nanoseconds, or -1 for an unknown one
     */
    record AsyncDone(String source, long runningTime) implements GstBusMessage {}

    /**
     * The latency of an element has changed. The pipeline has it computed anew.
     *
     * @param source an element
     */
    record Latency(String source) implements GstBusMessage {}

    /**
     * The clock is not to be used any more. The pipeline chooses another, for which a playing one pauses shortly.
     *
     * @param source the pipeline
     */
    record ClockLost(String source) implements GstBusMessage {}

    /**
     * A queue fills. A program pauses below 100 and plays at 100, unless the source is live.
     *
     * @param source an element
     * @param percent from 0 to 100
     */
    record Buffering(String source, int percent) implements GstBusMessage {}

    /**
     * A stream says what it is about.
     *
     * @param source an element
     * @param tags as GStreamer writes a tag list
     */
    record Tag(String source, String tags) implements GstBusMessage {}

    /**
     * A stream begins at the sinks.
     *
     * @param source the pipeline
     */
    record StreamStart(String source) implements GstBusMessage {}

    /**
     * It takes another time than it was said to.
     *
     * @param source an element
     */
    record DurationChanged(String source) implements GstBusMessage {}

    /**
     * A buffer was early or late.
     *
     * @param source an element
     * @param live whether the stream is live
     * @param runningTime of the buffer, in nanoseconds
     * @param streamTime of the buffer, in nanoseconds
     * @param timestamp of the buffer, in nanoseconds
     * @param duration of the buffer, in nanoseconds
     */
    record Qos(String source, boolean live, long runningTime, long streamTime, long timestamp, long duration)
            implements GstBusMessage {}

    /**
     * Something of the element's own.
     *
     * @param source an element
     * @param name of the structure in the message
     * @param text the structure as GStreamer writes it
     */
    record Element(String source, String name, String text) implements GstBusMessage {}

    /**
     * Something of the program's own.
     *
     * @param source whoever was named
     * @param name of the structure in the message
     * @param text the structure as GStreamer writes it
     */
    record Application(String source, String name, String text) implements GstBusMessage {}

    /**
     * Any other message.
     *
     * @param source whoever says it
     * @param type GStreamer's name of it, for example {@code stream-status}
     * @param text the structure in the message as GStreamer writes it, or an empty text
     */
    record Other(String source, String type, String text) implements GstBusMessage {}
}
