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

    public int state() {
        return octet(0);
    }

    public int caState() {
        return octet(1);
    }

    public int retransmits() {
        return octet(2);
    }

    public int probes() {
        return octet(3);
    }

    public int backoff() {
        return octet(4);
    }

    public int options() {
        return octet(5);
    }

    public int sndWscale() {
        return octet(6) & 0x0F;
    }

    public int rcvWscale() {
        return octet(6) >> 4;
    }

    public long rto() {
        return word(0);
    }

    public long ato() {
        return word(1);
    }

    public long sndMss() {
        return word(2);
    }

    public long rcvMss() {
        return word(3);
    }

    public long unacked() {
        return word(4);
    }

    public long sacked() {
        return word(5);
    }

    public long lost() {
        return word(6);
    }

    public long retrans() {
        return word(7);
    }

    public long fackets() {
        return word(8);
    }

    public long lastDataSent() {
        return word(9);
    }

    public long lastAckSent() {
        return word(10);
    }

    public long lastDataRecv() {
        return word(11);
    }

    public long lastAckRecv() {
        return word(12);
    }

    public long pmtu() {
        return word(13);
    }

    public long rcvSsthresh() {
        return word(14);
    }

    public long rtt() {
        return word(15);
    }

    public long rttvar() {
        return word(16);
    }

    public long sndSsthresh() {
        return word(17);
    }

    public long sndCwnd() {
        return word(18);
    }

    public long advmss() {
        return word(19);
    }

    public long reordering() {
        return word(20);
    }

    public long rcvRtt() {
        return word(21);
    }

    public long rcvSpace() {
        return word(22);
    }

    public long totalRetrans() {
        return word(23);
    }
}
