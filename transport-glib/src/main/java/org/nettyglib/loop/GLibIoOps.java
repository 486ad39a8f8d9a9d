package org.nettyglib.loop;

import io.netty.channel.IoOps;
import org.nettyglib.poll.PollBits;

/**
 * What a {@link GLibIoHandle} wants to be told of, and what it is told: a set of {@code GIOCondition}s. Immutable; each
 * set exists once.
 *
 * <p>{@link #ERR} and {@link #HUP} are reported whether they were submitted or not, as long as anything is.
 *
 * @see <a href="https://docs.gtk.org/glib/flags.IOCondition.html">GIOCondition</a>
 */
public final class GLibIoOps implements IoOps {
    // Seven bits of poll(2) matter: the six lowest, and RDHUP, which is moved next to them.
    private static final int LOW_BITS = 0x3F;
    private static final int RDHUP_INDEX = 0x40;
    private static final GLibIoOps[] ALL = all();

    /** Nothing: the descriptor leaves GLib altogether. */
    public static final GLibIoOps NONE = valueOf(PollBits.NONE);

    /** There is something to read, or to accept. */
    public static final GLibIoOps IN = valueOf(PollBits.IN);

    /** Something can be written, or a connect has ended. */
    public static final GLibIoOps OUT = valueOf(PollBits.OUT);

    /** An error is pending. */
    public static final GLibIoOps ERR = valueOf(PollBits.ERR);

    /** Both directions are shut. */
    public static final GLibIoOps HUP = valueOf(PollBits.HUP);

    /** The peer has shut its side: {@code POLLRDHUP}, which GLib passes through. */
    public static final GLibIoOps RDHUP = valueOf(PollBits.RDHUP);

    private final int value;
    private final GLibIoEvent event;

    private GLibIoOps(int value) {
        this.value = value;
        event = new GLibIoEvent(this);
    }

    private static GLibIoOps[] all() {
        GLibIoOps[] all = new GLibIoOps[RDHUP_INDEX << 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = new GLibIoOps(i & LOW_BITS | ((i & RDHUP_INDEX) != 0 ? PollBits.RDHUP : 0));
        }
        return all;
    }

    /**
     * The set with these bits; bits that mean nothing here are dropped.
     *
     * @param bits of {@code GIOCondition} and {@code POLLRDHUP}
     * @return the one set with these bits
     */
    public static GLibIoOps valueOf(int bits) {
        return ALL[bits & LOW_BITS | ((bits & PollBits.RDHUP) != 0 ? RDHUP_INDEX : 0)];
    }

    static GLibIoEvent eventOf(int bits) {
        return valueOf(bits).event;
    }

    /** {@return the bits of poll(2)} */
    public int value() {
        return value;
    }

    /**
     * Compares two sets.
     *
     * @param other another set
     * @return whether any condition of the other set is in this one
     */
    public boolean intersects(GLibIoOps other) {
        return (value & other.value) != 0;
    }

    /**
     * Compares two sets.
     *
     * @param other another set
     * @return whether all conditions of the other set are in this one
     */
    public boolean contains(GLibIoOps other) {
        return (value & other.value) == other.value;
    }

    /**
     * Adds conditions.
     *
     * @param other what to add
     * @return this set and the other
     */
    public GLibIoOps with(GLibIoOps other) {
        return valueOf(value | other.value);
    }

    /**
     * Takes conditions away.
     *
     * @param other what to take away
     * @return this set less the other
     */
    public GLibIoOps without(GLibIoOps other) {
        return valueOf(value & ~other.value);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("GLibIoOps[");
        append(text, IN, "IN");
        append(text, OUT, "OUT");
        append(text, ERR, "ERR");
        append(text, HUP, "HUP");
        append(text, RDHUP, "RDHUP");
        return text.append(']').toString();
    }

    private void append(StringBuilder text, GLibIoOps ops, String name) {
        if (intersects(ops)) {
            text.append(text.charAt(text.length() - 1) == '[' ? "" : " ").append(name);
        }
    }
}
