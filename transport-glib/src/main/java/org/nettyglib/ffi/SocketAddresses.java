package org.nettyglib.ffi;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Socket addresses as the kernel has them, in native memory.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/sockaddr.3type.html">sockaddr(3type)</a>
 */
public final class SocketAddresses {
    /** {@code sizeof(struct sockaddr_storage)}: room for any address, in bytes. */
    public static final int SIZE = 128;

    /** {@code sys/socket.h}: AF_INET. */
    public static final int AF_INET = 2;

    /** {@code sys/socket.h}: AF_INET6. */
    public static final int AF_INET6 = 10;

    private static final int AF_UNIX = 1;

    // struct sockaddr_in { sa_family_t sin_family; in_port_t sin_port; struct in_addr sin_addr; char sin_zero[8]; }
    // struct sockaddr_in6 { sa_family_t sin6_family; in_port_t sin6_port; uint32_t sin6_flowinfo;
    //                       struct in6_addr sin6_addr; uint32_t sin6_scope_id; }
    // both of netinet/in.h, with the port and the address in network order.
    private static final int PORT = 2;
    private static final int INET_ADDRESS = 4;
    private static final int INET_SIZE = 16;
    private static final int INET6_FLOWINFO = 4;
    private static final int INET6_ADDRESS = 8;
    private static final int INET6_MAPPED = INET6_ADDRESS + 10;
    private static final int INET6_SCOPE = 24;
    private static final int INET6_SIZE = 28;

    // struct sockaddr_un { sa_family_t sun_family; char sun_path[108]; } of sys/un.h
    private static final int UNIX_PATH = 2;
    private static final int UNIX_PATH_SIZE = 108;

    private static final int UINT16_MAX = 0xFFFF;
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private SocketAddresses() {}

    private static short swap(short value) {
        return LITTLE_ENDIAN ? Short.reverseBytes(value) : value;
    }

    /**
     * Writes an address and a port.
     *
     * @param mapped whether an IPv4 address is to be written as IPv6 does: {@code ::ffff:a.b.c.d}
     * @return how many bytes it has
     */
    public static int putInet(long at, InetAddress address, int port, boolean mapped) {
        byte[] bytes = address.getAddress();
        Memory.putShort(at + PORT, swap((short) port));
        if (bytes.length == Integer.BYTES && !mapped) {
            Memory.putShort(at, (short) AF_INET);
            Memory.putBytes(at + INET_ADDRESS, bytes);
            Memory.putLong(at + INET_ADDRESS + Integer.BYTES, 0);
            return INET_SIZE;
        }
        Memory.putShort(at, (short) AF_INET6);
        Memory.putInt(at + INET6_FLOWINFO, 0);
        if (bytes.length == Integer.BYTES) {
            Memory.putLong(at + INET6_ADDRESS, 0);
            Memory.putShort(at + INET6_ADDRESS + Long.BYTES, (short) 0);
            Memory.putShort(at + INET6_MAPPED, (short) UINT16_MAX);
            Memory.putBytes(at + INET6_MAPPED + Short.BYTES, bytes);
        } else {
            Memory.putBytes(at + INET6_ADDRESS, bytes);
        }
        Memory.putInt(at + INET6_SCOPE, address instanceof Inet6Address inet6 ? inet6.getScopeId() : 0);
        return INET6_SIZE;
    }

    /** Reads what {@link #putInet} writes; a mapped address is one of IPv4. */
    public static InetSocketAddress getInet(long at) {
        int port = swap(Memory.getShort(at + PORT)) & UINT16_MAX;
        return new InetSocketAddress(inetAddress(at), port);
    }

    private static InetAddress inetAddress(long at) {
        try {
            if (Memory.getShort(at) == AF_INET) {
                return InetAddress.getByAddress(Memory.getBytes(at + INET_ADDRESS, Integer.BYTES));
            }
            byte[] bytes = Memory.getBytes(at + INET6_ADDRESS, 2 * Long.BYTES);
            int scope = Memory.getInt(at + INET6_SCOPE);
            // The former knows of mapped addresses, the latter of scopes: no address has both.
            return scope == 0 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, scope);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of 4 or 16 bytes is always one", e);
        }
    }

    /**
     * Looks whether a path is one of a Unix domain socket.
     *
     * @return its bytes
     * @throws IllegalArgumentException if it is too long
     */
    public static byte[] requireUnixPath(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > UNIX_PATH_SIZE) {
            throw new IllegalArgumentException("a path of " + bytes.length + " bytes, but a Unix domain socket takes "
                    + UNIX_PATH_SIZE + " only: " + path);
        }
        return bytes;
    }

    /**
     * Writes the address of a Unix domain socket.
     *
     * @param path a path, or a name in the abstract namespace after a {@code \0}
     * @return how many bytes it has
     * @throws IllegalArgumentException if the path is too long
     */
    public static int putUnix(long at, String path) {
        byte[] bytes = requireUnixPath(path);
        Memory.putShort(at, (short) AF_UNIX);
        Memory.putBytes(at + UNIX_PATH, bytes);
        if (bytes.length < UNIX_PATH_SIZE && !path.startsWith("\0")) {
            Memory.putByte(at + UNIX_PATH + bytes.length, (byte) 0);
            return UNIX_PATH + bytes.length + 1;
        }
        return UNIX_PATH + bytes.length;
    }

    /**
     * Reads what {@link #putUnix} writes.
     *
     * @param length how many bytes the kernel has given
     * @return the path; empty for a socket that has none
     */
    public static String getUnix(long at, int length) {
        int end = Math.min(length - UNIX_PATH, UNIX_PATH_SIZE);
        if (end <= 0) {
            return "";
        }
        byte[] bytes = Memory.getBytes(at + UNIX_PATH, end);
        if (bytes[0] != 0) {
            end = 0;
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
