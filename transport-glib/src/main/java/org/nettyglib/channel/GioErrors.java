package org.nettyglib.channel;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.gnome.gio.IOErrorEnum;
import org.gnome.gio.TlsError;
import org.javagi.base.GErrorException;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGio;
import org.nettyglib.ffi.LibGioSockets;

/** What went wrong in GIO, by the exceptions that users of Netty know. */
final class GioErrors {
    private static final int G_TLS_ERROR = LibGioSockets.g_tls_error_quark();

    private GioErrors() {}

    /** Whether there is no connection, or no more. */
    static boolean isNotConnected(GErrorException error) {
        return error.getDomain().getValue() == LibGio.G_IO_ERROR
                && error.getCode() == IOErrorEnum.NOT_CONNECTED.getValue();
    }

    /** What a call that has failed has left. */
    static IOException of(ErrorSlot slot, String unknown) {
        try {
            slot.check();
        } catch (GErrorException e) {
            return toException(e);
        }
        return new IOException(unknown);
    }

    /** An exception with GIO's words, and the error as its cause. */
    static IOException toException(GErrorException error) {
        IOException exception = newException(error);
        exception.initCause(error);
        return exception;
    }

    private static IOException newException(GErrorException error) {
        String message = error.getMessage();
        int domain = error.getDomain().getValue();
        if (domain == G_TLS_ERROR) {
            return isOfHandshake(error.getCode()) ? new SSLHandshakeException(message) : new SSLException(message);
        }
        if (domain != LibGio.G_IO_ERROR) {
            return new IOException(message);
        }
        return switch (codeOf(error)) {
            case CLOSED -> new ClosedChannelException();
            case CONNECTION_REFUSED -> new ConnectException(message);
            case HOST_UNREACHABLE, NETWORK_UNREACHABLE -> new NoRouteToHostException(message);
            case TIMED_OUT -> new SocketTimeoutException(message);
            case BROKEN_PIPE, NOT_CONNECTED -> new SocketException(message);
            default -> new IOException(message);
        };
    }

    private static IOErrorEnum codeOf(GErrorException error) {
        for (IOErrorEnum code : IOErrorEnum.values()) {
            if (code.getValue() == error.getCode()) {
                return code;
            }
        }
        return IOErrorEnum.FAILED;
    }

    private static boolean isOfHandshake(int code) {
        return code != TlsError.EOF.getValue() && code != TlsError.MISC.getValue();
    }
}
