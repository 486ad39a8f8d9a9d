package org.nettyglib.ffi;

/**
 * The control messages that come and go with datagrams: {@code struct cmsghdr {size_t cmsg_len; int cmsg_level; int
 * cmsg_type;}} of {@code sys/socket.h}, each followed by its data and aligned to eight bytes.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/cmsg.3.html">cmsg(3)</a>
 */
final class ControlMessages {
    /** Bytes with room for all that a socket here can be told to send with a datagram. */
    static final int SIZE = 128;

    /** {@code netinet/in.h}: IPPROTO_IP; {@code linux/in.h}: IP_ORIGDSTADDR, a {@code struct sockaddr_in}. */
    static final int IP = 0;

    static final int IP_ORIGDSTADDR = 20;

    /** {@code netinet/in.h}: IPPROTO_IPV6; {@code linux/in6.h}: IPV6_ORIGDSTADDR, a {@code struct sockaddr_in6}. */
    static final int IPV6 = 41;

    static final int IPV6_ORIGDSTADDR = 74;

    /** {@code netinet/in.h}: IPPROTO_UDP; {@code linux/udp.h}: UDP_SEGMENT, a {@code uint16_t}. */
    static final int UDP = 17;

    static final int UDP_SEGMENT = 103;

    /** {@code linux/udp.h}: UDP_GRO, an {@code int}. */
    static final int UDP_GRO = 104;

    private static final int LEVEL = 8;
    private static final int TYPE = 12;
    private static final int HEADER_SIZE = 16;

    private ControlMessages() {}

    /** The address of the data of a control message, or 0 if there is none of that kind. */
    static long find(long control, long length, int level, int type) {
        long end = control + length;
        for (long at = control; at + HEADER_SIZE <= end; at += aligned(Memory.getLong(at))) {
            if (Memory.getInt(at + LEVEL) == level && Memory.getInt(at + TYPE) == type) {
                return at + HEADER_SIZE;
            }
            if (Memory.getLong(at) < HEADER_SIZE) {
                break;
            }
        }
        return 0;
    }

    /** Writes the one control message that sends a buffer as datagrams of the given size. Returns its length. */
    static int putSegmentSize(long control, int segmentSize) {
        Memory.putLong(control, HEADER_SIZE + Short.BYTES);
        Memory.putInt(control + LEVEL, UDP);
        Memory.putInt(control + TYPE, UDP_SEGMENT);
        Memory.putShort(control + HEADER_SIZE, (short) segmentSize);
        return HEADER_SIZE + Long.BYTES;
    }

    private static long aligned(long length) {
        return length + Long.BYTES - 1 & -Long.BYTES;
    }
}
