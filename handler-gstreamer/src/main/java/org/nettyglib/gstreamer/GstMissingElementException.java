package org.nettyglib.gstreamer;

import java.util.List;

/** Elements are needed that are not installed. The message names the package of each. */
public final class GstMissingElementException extends GstException {
    private static final long serialVersionUID = 1;

    /** {@code GST_PARSE_ERROR_NO_SUCH_ELEMENT} of gst/gstparse.h. */
    private static final int NO_SUCH_ELEMENT = 1;

    /** Their names. */
    private final List<String> elements;

    GstMissingElementException(List<String> elements) {
        super("", "gst-parse-error-quark", NO_SUCH_ELEMENT, ElementPackages.describeMissing(elements), null);
        this.elements = List.copyOf(elements);
    }

    /**
     * What is missing.
     *
     * @return names of element factories, at least one
     */
    public List<String> elements() {
        return elements;
    }
}
