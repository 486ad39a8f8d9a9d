package org.nettyglib.benchmarks.report;

/** What is counted. */
public enum Unit {
    MESSAGE("message", "messages", "Messages"),
    REQUEST("request", "requests", "Requests"),
    FRAME("frame", "frames", "Frames"),
    PACKET("packet", "packets", "Packets"),
    MEBIBYTE("MiB", "MiB", "MiB");

    private final String one;
    private final String many;
    private final String heading;

    Unit(String one, String many, String heading) {
        this.one = one;
        this.many = many;
        this.heading = heading;
    }

    /** The name of one of them. */
    public String one() {
        return one;
    }

    /** The name of more than one. */
    public String many() {
        return many;
    }

    /** The name of more than one at the start of a line. */
    public String heading() {
        return heading;
    }
}
