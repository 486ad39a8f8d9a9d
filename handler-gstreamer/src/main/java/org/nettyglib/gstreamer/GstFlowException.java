package org.nettyglib.gstreamer;

/**
 * An appsrc does not take data: its pipeline was stopped, its stream has ended, or an element of the pipeline has failed. It arrives
 * by {@code exceptionCaught} in the channel whose data it was, which is closed afterwards.
 */
public final class GstFlowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The name of the appsrc. */
    private final String element;

    GstFlowException(String element, String message) {
        super(message);
        this.element = element;
    }

    static GstFlowException of(GstFlow flow, String element) {
        return new GstFlowException(
                element,
                "appsrc " + element
                        + switch (flow) {
                            case FLUSHING ->
                                " refused data: its pipeline was stopped (it is in the state NULL or READY) while the channel was"
                                        + " sending. Close the channel before the pipeline, or pause the pipeline, which holds the"
                                        + " channel back";
                            case EOS ->
                                " refused data: its stream has ended, as it does when a channel closes. With keepOpen(true) it goes"
                                        + " on with the next channel; otherwise stop the pipeline and start it again";
                            default ->
                                " refused data: an element of its pipeline has failed, see the message of its bus";
                        });
    }

    /**
     * Who refused.
     *
     * @return the name of the appsrc
     */
    public String element() {
        return element;
    }
}
