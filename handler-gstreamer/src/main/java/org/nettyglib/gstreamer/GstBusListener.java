package org.nettyglib.gstreamer;

/** Is told what a pipeline says. */
@FunctionalInterface
public interface GstBusListener {
    /**
     * A message has come. Called on the thread of the pipeline's event loop, in the order of the messages. What is thrown here is
     * logged. The pipeline may be closed here: no further message comes then.
     *
     * @param message what it says
     */
    void message(GstBusMessage message);
}
