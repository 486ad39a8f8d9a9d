package org.nettyglib.gio;

import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.FileNotFoundException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.gnome.gio.Gio;
import org.gnome.gio.IOErrorEnum;
import org.javagi.base.GErrorException;
import org.nettyglib.ffi.LibGio;
import org.nettyglib.ffi.LibGioTask;

/** What Java throws, as a {@code GError}. */
final class TaskErrors {
    private TaskErrors() {}

    /**
     * {@return a new {@code GError} for C to free: that of a GErrorException with domain and code, otherwise one of the domain
     * {@code G_IO_ERROR}}
     */
    static long toGError(Throwable failure) {
        Throwable cause = unwrap(failure);
        // GLib takes no error without a domain.
        return cause instanceof GErrorException error && error.getDomain().getValue() != 0
                ? LibGioTask.g_error_new_literal(error.getDomain().getValue(), error.getCode(), message(error))
                : LibGioTask.g_error_new_literal(LibGio.G_IO_ERROR, code(cause).getValue(), message(cause));
    }

    /** What a stage says of the failure of another. */
    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String message(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isEmpty() ? cause.getClass().getName() : message;
    }

    /** {@return the code of {@code gioenums.h} that is closest to an exception} */
    static IOErrorEnum code(Throwable cause) {
        return switch (cause) {
            case CancellationException e -> IOErrorEnum.CANCELLED;
            case TimeoutException e -> IOErrorEnum.TIMED_OUT;
            case SocketTimeoutException e -> IOErrorEnum.TIMED_OUT;
            case ConnectTimeoutException e -> IOErrorEnum.TIMED_OUT;
            case ConnectException e -> IOErrorEnum.CONNECTION_REFUSED;
            case NoRouteToHostException e -> IOErrorEnum.HOST_UNREACHABLE;
            case BindException e -> IOErrorEnum.ADDRESS_IN_USE;
            case UnknownHostException e -> IOErrorEnum.HOST_NOT_FOUND;
            case FileNotFoundException e -> IOErrorEnum.NOT_FOUND;
            case NoSuchFileException e -> IOErrorEnum.NOT_FOUND;
            case FileAlreadyExistsException e -> IOErrorEnum.EXISTS;
            case AccessDeniedException e -> IOErrorEnum.PERMISSION_DENIED;
            case DirectoryNotEmptyException e -> IOErrorEnum.NOT_EMPTY;
            case NotDirectoryException e -> IOErrorEnum.NOT_DIRECTORY;
            case ClosedChannelException e -> IOErrorEnum.CLOSED;
            case NativeIoException e -> Gio.ioErrorFromErrno(-e.expectedErr());
            case UnsupportedOperationException e -> IOErrorEnum.NOT_SUPPORTED;
            case IllegalArgumentException e -> IOErrorEnum.INVALID_ARGUMENT;
            default -> IOErrorEnum.FAILED;
        };
    }
}
