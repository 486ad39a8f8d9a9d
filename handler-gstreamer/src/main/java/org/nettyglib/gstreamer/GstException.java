package org.nettyglib.gstreamer;

import org.jspecify.annotations.Nullable;
import org.nettyglib.gstreamer.ffi.GstError;

/** What GStreamer says that went wrong, in the words of the element which has seen it. */
public sealed class GstException extends RuntimeException permits GstMissingElementException {
    private static final long serialVersionUID = 1;

    /** The name of an error that is of a pipeline, not of an element in it. */
    static final String CORE_DOMAIN = "gst-core-error-quark";

    /** {@code GST_CORE_ERROR_STATE_CHANGE} of gst/gsterror.h. */
    static final int STATE_CHANGE_CODE = 4;

    /** The name of the element, empty for the pipeline. */
    private final String element;

    /** The name of the GQuark. */
    private final String domain;

    /** One of the domain's. */
    private final int code;

    /** For developers. */
    private final @Nullable String debug;

    GstException(String element, GstError error, @Nullable String debug) {
        this(element, error.domain(), error.code(), error.message(), debug);
    }

    GstException(String element, String domain, int code, String message, @Nullable String debug) {
        super(text(element, message, debug));
        this.element = element;
        this.domain = domain;
        this.code = code;
        this.debug = debug;
    }

    private static String text(String element, String message, @Nullable String debug) {
        String said = element.isEmpty() ? message : element + ": " + message;
        return debug == null || debug.isEmpty() ? said : said + "\n" + debug;
    }

    /**
     * Which element says it.
     *
     * @return its name, that of the pipeline where no element has said anything, or an empty text if there is no pipeline
     */
    public String element() {
        return element;
    }

    /**
     * What kind of error it is.
     *
     * @return the domain of the GError, for example {@code gst-resource-error-quark}
     */
    public String domain() {
        return domain;
    }

    /**
     * Which error it is.
     *
     * @return the code of the GError, a number of its domain
     */
    public int code() {
        return code;
    }

    /**
     * What helps a programmer: the place in GStreamer's code, and often the file or the caps that it was about.
     *
     * @return a text of one or more lines, or null
     */
    public @Nullable String debug() {
        return debug;
    }
}
