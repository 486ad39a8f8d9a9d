package org.nettyglib.poll;

/**
 * The bits of an interest and of an event: poll(2)'s, which GLib ({@code GIOCondition}) and epoll(7) share.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
 */
public final class PollBits {
    public static final int NONE = 0;
    public static final int IN = 0x001;
    public static final int OUT = 0x004;
    public static final int ERR = 0x008;
    public static final int HUP = 0x010;
    public static final int RDHUP = 0x2000;

    private PollBits() {}
}
