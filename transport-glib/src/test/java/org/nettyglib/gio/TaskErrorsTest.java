package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.unix.Errors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.gnome.gio.IOErrorEnum;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nettyglib.loop.GLibTransport;

class TaskErrorsTest {
    /** errno(3). */
    private static final int ECONNRESET = 104;

    @BeforeAll
    static void initialize() {
        GLibTransport.initJavaGi();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new CancellationException(), IOErrorEnum.CANCELLED),
                arguments(new TimeoutException(), IOErrorEnum.TIMED_OUT),
                arguments(new SocketTimeoutException(), IOErrorEnum.TIMED_OUT),
                arguments(new ConnectTimeoutException(), IOErrorEnum.TIMED_OUT),
                arguments(new ConnectException(), IOErrorEnum.CONNECTION_REFUSED),
                arguments(new NoRouteToHostException(), IOErrorEnum.HOST_UNREACHABLE),
                arguments(new BindException(), IOErrorEnum.ADDRESS_IN_USE),
                arguments(new UnknownHostException(), IOErrorEnum.HOST_NOT_FOUND),
                arguments(new FileNotFoundException(), IOErrorEnum.NOT_FOUND),
                arguments(new NoSuchFileException("f"), IOErrorEnum.NOT_FOUND),
                arguments(new FileAlreadyExistsException("f"), IOErrorEnum.EXISTS),
                arguments(new AccessDeniedException("f"), IOErrorEnum.PERMISSION_DENIED),
                arguments(new ClosedChannelException(), IOErrorEnum.CLOSED),
                arguments(new Errors.NativeIoException("read", -ECONNRESET, false), IOErrorEnum.CONNECTION_CLOSED),
                arguments(new UnsupportedOperationException(), IOErrorEnum.NOT_SUPPORTED),
                arguments(new IllegalArgumentException(), IOErrorEnum.INVALID_ARGUMENT),
                arguments(new IOException("of no kind"), IOErrorEnum.FAILED),
                arguments(new StackOverflowError(), IOErrorEnum.FAILED));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldFindTheMatchingCode(Throwable failure, IOErrorEnum code) {
        assertThat(TaskErrors.code(failure)).isEqualTo(code);
    }
}
