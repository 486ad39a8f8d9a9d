package org.nettyglib.channel;

import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A snapshot of {@code TCP_INFO}: what the kernel knows of a connection. Times are in microseconds ({@code rto},
 * {@code ato}, {@code rtt}, {@code rttvar}, {@code rcvRtt}) or milliseconds since an event ({@code last…}), sizes in
 * bytes, the rest in segments. Immutable.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/tcp.7.html">tcp(7)</a>
 */
public final class GLibTcpInfo {
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_INFO = 11;

    /** {@code struct tcp_info} of {@code linux/tcp.h} up to {@code tcpi_total_retrans}: 8 bytes, then 24 words. */
    private static final int SIZE = 104;

    private static final int FIRST_WORD = 8;

    private final ByteBuffer info;

    private GLibTcpInfo(ByteBuffer info) {
        this.info = info;
    }

    static GLibTcpInfo of(Socket socket) throws IOException {
        ByteBuffer info = ByteBuffer.allocate(SIZE);
        socket.getRawOpt(IPPROTO_TCP, TCP_INFO, info);
        return new GLibTcpInfo(info.order(ByteOrder.nativeOrder()));
    }

    private int octet(int index) {
        return info.get(index) & 0xFF;
    }

    private long word(int index) {
        return info.getInt(FIRST_WORD + index * Integer.BYTES) & 0xFFFFFFFFL;
    }

    /** {@return the state of the connection: {@code enum tcp_state} of {@code linux/tcp_states.h}} */
    public int state() {
        return octet(0);
    }

    /** {@return the state of congestion avoidance: {@code enum tcp_ca_state}} */
    public int caState() {
        return octet(1);
    }

    /** {@return retransmissions of the oldest segment that is not acknowledged} */
    public int retransmits() {
        return octet(2);
    }

    /** {@return window or keep-alive probes without an answer} */
    public int probes() {
        return octet(3);
    }

    /** {@return the exponent of the retransmission back-off} */
    public int backoff() {
        return octet(4);
    }

    /** {@return the negotiated options: a set of {@code TCPI_OPT_*}} */
    public int options() {
        return octet(5);
    }

    /** {@return the window scale of what is sent} */
    public int sndWscale() {
        return octet(6) & 0x0F;
    }

    /** {@return the window scale of what is received} */
    public int rcvWscale() {
        return octet(6) >> 4;
    }

    /** {@return the retransmission timeout in microseconds} */
    public long rto() {
        return word(0);
    }

    /** {@return the delayed-acknowledgement timeout in microseconds} */
    public long ato() {
        return word(1);
    }

    /** {@return the segment size of what is sent, in bytes} */
    public long sndMss() {
        return word(2);
    }

    /** {@return the segment size of what is received, in bytes} */
    public long rcvMss() {
        return word(3);
    }

    /** {@return segments sent and not acknowledged} */
    public long unacked() {
        return word(4);
    }

    /** {@return segments acknowledged selectively} */
    public long sacked() {
        return word(5);
    }

    /** {@return segments that are held for lost} */
    public long lost() {
        return word(6);
    }

    /** {@return segments retransmitted and not acknowledged yet} */
    public long retrans() {
        return word(7);
    }

    /** {@return forward-acknowledged segments; 0 on newer kernels} */
    public long fackets() {
        return word(8);
    }

    /** {@return milliseconds since data was sent} */
    public long lastDataSent() {
        return word(9);
    }

    /** {@return always 0: the kernel does not remember it} */
    public long lastAckSent() {
        return word(10);
    }

    /** {@return milliseconds since data was received} */
    public long lastDataRecv() {
        return word(11);
    }

    /** {@return milliseconds since an acknowledgement was received} */
    public long lastAckRecv() {
        return word(12);
    }

    /** {@return the path MTU in bytes} */
    public long pmtu() {
        return word(13);
    }

    /** {@return the slow-start threshold of the receive window in bytes} */
    public long rcvSsthresh() {
        return word(14);
    }

    /** {@return the smoothed round-trip time in microseconds} */
    public long rtt() {
        return word(15);
    }

    /** {@return the variation of the round-trip time in microseconds} */
    public long rttvar() {
        return word(16);
    }

    /** {@return the slow-start threshold of what is sent, in segments} */
    public long sndSsthresh() {
        return word(17);
    }

    /** {@return the congestion window in segments} */
    public long sndCwnd() {
        return word(18);
    }

    /** {@return the advertised segment size in bytes} */
    public long advmss() {
        return word(19);
    }

    /** {@return the reordering that was seen, in segments} */
    public long reordering() {
        return word(20);
    }

    /** {@return the round-trip time as the receiver estimates it, in microseconds} */
    public long rcvRtt() {
        return word(21);
    }

    /** {@return the receive buffer that auto-tuning aims at, in bytes} */
    public long rcvSpace() {
        return word(22);
    }

    /** {@return segments retransmitted over the life of the connection} */
    public long totalRetrans() {
        return word(23);
    }
}
