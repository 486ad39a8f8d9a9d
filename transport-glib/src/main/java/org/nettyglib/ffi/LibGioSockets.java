package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/**
 * The connections of GIO and what they consist of, under their C names. {@code error} is a {@code GError**}, see
 * {@link ErrorSlot}.
 *
 * @see <a href="https://docs.gtk.org/gio/class.SocketConnection.html">GSocketConnection</a>
 * @see <a href="https://docs.gtk.org/gio/class.SocketClient.html">GSocketClient</a>
 */
public final class LibGioSockets {
    /** {@code G_SOCKET_FAMILY_UNIX} of {@code gioenums.h}. */
    public static final int G_SOCKET_FAMILY_UNIX = 1;

    /** {@code G_SOCKET_TYPE_STREAM} of {@code gioenums.h}. */
    public static final int G_SOCKET_TYPE_STREAM = 1;

    /** {@code G_TLS_PROTOCOL_VERSION_UNKNOWN} of {@code gioenums.h}. */
    public static final int G_TLS_PROTOCOL_VERSION_UNKNOWN = 0;

    private static final MethodHandle SOCKET_CONNECTION_GET_TYPE =
            LibGio.GIO.bind("g_socket_connection_get_type", JAVA_LONG);
    private static final MethodHandle TCP_WRAPPER_CONNECTION_GET_TYPE =
            LibGio.GIO.bind("g_tcp_wrapper_connection_get_type", JAVA_LONG);
    private static final MethodHandle TLS_CONNECTION_GET_TYPE = LibGio.GIO.bind("g_tls_connection_get_type", JAVA_LONG);
    private static final MethodHandle TLS_CONNECTION_GET_PROTOCOL_VERSION =
            LibGio.GIO.bind("g_tls_connection_get_protocol_version", JAVA_INT, JAVA_LONG);
    private static final MethodHandle SOCKET_CONNECTION_GET_SOCKET =
            LibGio.GIO.bind("g_socket_connection_get_socket", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle TCP_WRAPPER_CONNECTION_GET_BASE_IO_STREAM =
            LibGio.GIO.bind("g_tcp_wrapper_connection_get_base_io_stream", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SOCKET_GET_FD = LibGio.GIO.bind("g_socket_get_fd", JAVA_INT, JAVA_LONG);
    private static final MethodHandle SOCKET_GET_FAMILY = LibGio.GIO.bind("g_socket_get_family", JAVA_INT, JAVA_LONG);
    private static final MethodHandle SOCKET_SHUTDOWN =
            LibGio.GIO.bind("g_socket_shutdown", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle SOCKET_ADDRESS_NEW_FROM_NATIVE =
            LibGio.GIO.bind("g_socket_address_new_from_native", JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SOCKET_CLIENT_NEW = LibGio.GIO.bind("g_socket_client_new", JAVA_LONG);
    private static final MethodHandle SOCKET_CLIENT_SET_ENABLE_PROXY =
            LibGio.GIO.bindVoid("g_socket_client_set_enable_proxy", JAVA_LONG, JAVA_INT);
    private static final MethodHandle SOCKET_CLIENT_SET_LOCAL_ADDRESS =
            LibGio.GIO.bindVoid("g_socket_client_set_local_address", JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SOCKET_CLIENT_CONNECT_ASYNC =
            LibGio.GIO.bindVoid("g_socket_client_connect_async", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SOCKET_CLIENT_CONNECT_FINISH =
            LibGio.GIO.bind("g_socket_client_connect_finish", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle TLS_ERROR_QUARK = LibGio.GIO.bind("g_tls_error_quark", JAVA_INT);
    private static final MethodHandle SOCKET_CLOSE = LibGio.GIO.bind("g_socket_close", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle OBJECT_GET = objectGet();

    private LibGioSockets() {}

    @SuppressWarnings("restricted")
    private static MethodHandle objectGet() {
        return LibGobject.GOBJECT.bind(
                "g_object_get",
                FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
    }

    /** Puts one property where {@code value} points; {@code end} is 0. An object is the caller's to unref. */
    public static void g_object_get(long object, long name, long value, long end) {
        try {
            OBJECT_GET.invokeExact(object, name, value, end);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_socket_connection_get_type() {
        try {
            return (long) SOCKET_CONNECTION_GET_TYPE.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_tcp_wrapper_connection_get_type() {
        try {
            return (long) TCP_WRAPPER_CONNECTION_GET_TYPE.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_tls_connection_get_type() {
        try {
            return (long) TLS_CONNECTION_GET_TYPE.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** {@link #G_TLS_PROTOCOL_VERSION_UNKNOWN} until a handshake has ended well. */
    public static int g_tls_connection_get_protocol_version(long connection) {
        try {
            return (int) TLS_CONNECTION_GET_PROTOCOL_VERSION.invokeExact(connection);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** The connection owns what is returned. */
    public static long g_socket_connection_get_socket(long connection) {
        try {
            return (long) SOCKET_CONNECTION_GET_SOCKET.invokeExact(connection);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    /** The connection owns what is returned. */
    public static long g_tcp_wrapper_connection_get_base_io_stream(long connection) {
        try {
            return (long) TCP_WRAPPER_CONNECTION_GET_BASE_IO_STREAM.invokeExact(connection);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int g_socket_get_fd(long socket) {
        try {
            return (int) SOCKET_GET_FD.invokeExact(socket);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int g_socket_get_family(long socket) {
        try {
            return (int) SOCKET_GET_FAMILY.invokeExact(socket);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_socket_shutdown(long socket, boolean read, boolean write, long error) {
        try {
            return (int) SOCKET_SHUTDOWN.invokeExact(socket, read ? 1 : 0, write ? 1 : 0, error) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_socket_address_new_from_native(long sockaddr, long length) {
        try {
            return (long) SOCKET_ADDRESS_NEW_FROM_NATIVE.invokeExact(sockaddr, length);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_socket_client_new() {
        try {
            return (long) SOCKET_CLIENT_NEW.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_socket_client_set_enable_proxy(long client, boolean enable) {
        try {
            SOCKET_CLIENT_SET_ENABLE_PROXY.invokeExact(client, enable ? 1 : 0);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_socket_client_set_local_address(long client, long address) {
        try {
            SOCKET_CLIENT_SET_LOCAL_ADDRESS.invokeExact(client, address);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static void g_socket_client_connect_async(
            long client, long connectable, long cancellable, long callback, long userData) {
        try {
            SOCKET_CLIENT_CONNECT_ASYNC.invokeExact(client, connectable, cancellable, callback, userData);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static long g_socket_client_connect_finish(long client, long result, long error) {
        try {
            return (long) SOCKET_CLIENT_CONNECT_FINISH.invokeExact(client, result, error);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static int g_tls_error_quark() {
        try {
            return (int) TLS_ERROR_QUARK.invokeExact();
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    public static boolean g_socket_close(long socket, long error) {
        try {
            return (int) SOCKET_CLOSE.invokeExact(socket, error) != 0;
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }
}
