package org.nettyglib.ffi;

import io.netty.util.concurrent.FastThreadLocal;
import java.lang.foreign.Arena;

/**
 * An array of {@code struct mmsghdr} with all that belongs to it: many datagrams to receive or to send with one system
 * call. All memory is there from the start, no call allocates anything.
 *
 * <p>For one thread at a time, which shares it among its channels: no other code may run between filling it and taking
 * the results out. It is freed by the garbage collector.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/recvmmsg.2.html">recvmmsg(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/sendmmsg.2.html">sendmmsg(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/sendto.2.html">sendto(2)</a>
 */
public final class MessageBatch {
    /** How many messages go with one call. */
    public static final int CAPACITY = 128;

    /** {@code limits.h}: IOV_MAX. So a message with as many buffers as the kernel takes has room. */
    private static final int BUFFERS = 1024;

    /** {@code sys/socket.h}: MSG_TRUNC. For a receive, that the length is the datagram's and not the buffer's. */
    private static final int MSG_TRUNC = 0x20;

    /** {@code sys/socket.h}: MSG_DONTWAIT | MSG_TRUNC. */
    private static final int RECEIVE_FLAGS = 0x40 | MSG_TRUNC;

    /** {@code sys/socket.h}: MSG_DONTWAIT | MSG_NOSIGNAL. */
    private static final int SEND_FLAGS = 0x40 | 0x4000;

    // struct mmsghdr { struct msghdr msg_hdr; unsigned int msg_len; } of sys/socket.h, on 64-bit machines, with
    // struct msghdr { void *msg_name; socklen_t msg_namelen; struct iovec *msg_iov; size_t msg_iovlen;
    //                 void *msg_control; size_t msg_controllen; int msg_flags; }
    private static final long HEADER_SIZE = 64;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int BUFFER = 16;
    private static final int BUFFER_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int LENGTH = 56;

    // struct iovec { void *iov_base; size_t iov_len; } of sys/uio.h
    private static final long BUFFER_SIZE = 16;
    private static final int BUFFER_LENGTH = 8;

    private static final FastThreadLocal<MessageBatch> OF_THREAD = new FastThreadLocal<>() {
        @Override
        protected MessageBatch initialValue() {
            return new MessageBatch();
        }
    };

    /** Keeps the arena alive, and so all memory behind the addresses below. */
    private final Errno errno;

    private final long headers;
    private final long names;
    private final long controls;
    private final long buffers;

    private int count;
    private int bufferCount;

    private MessageBatch() {
        Arena arena = Arena.ofAuto();
        errno = new Errno(arena);
        headers = allocate(arena, CAPACITY * HEADER_SIZE);
        names = allocate(arena, (long) CAPACITY * SocketAddresses.SIZE);
        controls = allocate(arena, (long) CAPACITY * ControlMessages.SIZE);
        buffers = allocate(arena, BUFFERS * BUFFER_SIZE);
    }

    private static long allocate(Arena arena, long bytes) {
        return arena.allocate(bytes, Long.BYTES).address();
    }

    /** The batch of the calling thread, emptied; good until other code can run. */
    public static MessageBatch empty() {
        MessageBatch batch = current();
        batch.count = 0;
        batch.bufferCount = 0;
        return batch;
    }

    /** What {@link #empty()} has given, with what was added since. */
    public static MessageBatch current() {
        return OF_THREAD.get();
    }

    /** How many messages were added. */
    public int count() {
        return count;
    }

    private long header(int index) {
        return headers + index * HEADER_SIZE;
    }

    private long controlOf(int index) {
        return controls + (long) index * ControlMessages.SIZE;
    }

    /** The socket address of a message: the sender of a received one, room for the recipient of one to send. */
    public long name(int index) {
        return names + (long) index * SocketAddresses.SIZE;
    }

    /** Starts a message, which so far has no address, no buffers and no control messages. */
    private long addHeader() {
        long header = header(count);
        Memory.putLong(header + NAME, 0);
        Memory.putInt(header + NAME_LENGTH, 0);
        Memory.putLong(header + BUFFER, buffers + bufferCount * BUFFER_SIZE);
        Memory.putLong(header + BUFFER_COUNT, 0);
        Memory.putLong(header + CONTROL, 0);
        Memory.putLong(header + CONTROL_LENGTH, 0);
        Memory.putInt(header + FLAGS, 0);
        count++;
        return header;
    }

    private void putBuffer(long address, int length) {
        long buffer = buffers + bufferCount * BUFFER_SIZE;
        Memory.putLong(buffer, address);
        Memory.putLong(buffer + BUFFER_LENGTH, length);
        bufferCount++;
    }

    private void putName(long header, int length) {
        Memory.putLong(header + NAME, name(count - 1));
        Memory.putInt(header + NAME_LENGTH, length);
    }

    private void putControl(long header, int length) {
        Memory.putLong(header + CONTROL, controlOf(count - 1));
        Memory.putLong(header + CONTROL_LENGTH, length);
    }

    // Receiving

    /**
     * Adds room for one datagram.
     *
     * @param control whether the socket may send control messages with it
     */
    public void addRoom(long address, int length, boolean control) {
        long header = addHeader();
        putName(header, SocketAddresses.SIZE);
        if (control) {
            putControl(header, ControlMessages.SIZE);
        }
        putBuffer(address, length);
        Memory.putLong(header + BUFFER_COUNT, 1);
    }

    /**
     * Receives as many datagrams as there are, up to the {@linkplain #count() count}, and does not wait.
     *
     * @return how many, or the negative {@code errno}
     */
    public int receive(int fd) {
        int received;
        do {
            received = LibC.recvmmsg(errno, fd, headers, count, RECEIVE_FLAGS);
        } while (received == -1 && errno.value() == Errno.EINTR);
        return received == -1 ? -errno.value() : received;
    }

    /** How many bytes a received datagram has, which can be more than there was room for. */
    public int length(int index) {
        return Memory.getInt(header(index) + LENGTH);
    }

    /** Whether there was not enough room for a received datagram. */
    public boolean isTruncated(int index) {
        return (Memory.getInt(header(index) + FLAGS) & MSG_TRUNC) != 0;
    }

    /** How many bytes the address of a sender has; 0 if it has none. */
    public int nameLength(int index) {
        return Memory.getInt(header(index) + NAME_LENGTH);
    }

    /** The length of the datagrams that the kernel has put together to this one, or 0 if it is one alone. */
    public int segmentSize(int index) {
        long size = control(index, ControlMessages.UDP, ControlMessages.UDP_GRO);
        return size == 0 ? 0 : Memory.getInt(size);
    }

    /** The socket address that a datagram was sent to, or 0 if the kernel does not say it. */
    public long originalDestination(int index) {
        long address = control(index, ControlMessages.IP, ControlMessages.IP_ORIGDSTADDR);
        return address != 0 ? address : control(index, ControlMessages.IPV6, ControlMessages.IPV6_ORIGDSTADDR);
    }

    private long control(int index, int level, int type) {
        long length = Memory.getLong(header(index) + CONTROL_LENGTH);
        return length == 0 ? 0 : ControlMessages.find(controlOf(index), length, level, type);
    }

    // Sending

    /** Whether a message of so many buffers can be added. */
    public boolean hasRoom(int buffers) {
        return count < CAPACITY && bufferCount + buffers <= BUFFERS;
    }

    /** Adds a message without content and recipient; returns its index. */
    public int addMessage() {
        addHeader();
        return count - 1;
    }

    /** Adds to the content of the last message. */
    public void addBuffer(long address, int length) {
        putBuffer(address, length);
        long bufferCountOfMessage = header(count - 1) + BUFFER_COUNT;
        Memory.putLong(bufferCountOfMessage, Memory.getLong(bufferCountOfMessage) + 1);
    }

    /** Says that the recipient of the last message was written to its {@linkplain #name name}. */
    public void addressed(int length) {
        putName(header(count - 1), length);
    }

    /** Lets the kernel send the last message as several datagrams of that length. */
    public void segment(int segmentSize) {
        long header = header(count - 1);
        putControl(header, ControlMessages.putSegmentSize(controlOf(count - 1), segmentSize));
    }

    /**
     * Sends the messages, as many as the socket takes now.
     *
     * @return how many, or the negative {@code errno} of the first
     */
    public int send(int fd) {
        boolean plain = count == 1 && bufferCount == 1 && Memory.getLong(headers + CONTROL_LENGTH) == 0;
        int sent;
        do {
            sent = plain ? sendPlain(fd) : LibC.sendmmsg(errno, fd, headers, count, SEND_FLAGS);
        } while (sent == -1 && errno.value() == Errno.EINTR);
        return sent == -1 ? -errno.value() : sent;
    }

    /** One buffer to one recipient: the kernel has no structures to read. */
    private int sendPlain(int fd) {
        long sent = LibC.sendto(
                errno,
                fd,
                Memory.getLong(buffers),
                Memory.getLong(buffers + BUFFER_LENGTH),
                SEND_FLAGS,
                Memory.getLong(headers + NAME),
                Memory.getInt(headers + NAME_LENGTH));
        return sent == -1 ? -1 : 1;
    }
}
