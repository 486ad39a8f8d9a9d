package org.nettyglib.testsuite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Gives Netty's connect tests an address whose connects neither succeed nor fail.
 *
 * <p>Netty's default is an address of the documentation range. That times out on the open Internet only: a closed
 * network answers at once, by a refusal or through a proxy even by a connection, and the tests of the connect timeout
 * and of the cancelled connect then pass without having tested anything. A listening socket of this machine whose
 * accept queue is full is better: Linux drops further SYNs, as a lost host would.
 *
 * <p>{@link io.netty.testsuite.transport.socket.SocketTestPermutation} reads the address in its static initialiser, so
 * it has to be known before the first test class is loaded. JUnit finds this listener by META-INF/services.
 */
public final class UnreachablePeer implements LauncherSessionListener {

    private static final int SMALLEST_QUEUE = 1;
    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
    private static final int MOST_CONNECTS = 16;

    private final List<Socket> queued = new ArrayList<>();
    private @Nullable ServerSocket server;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        try {
            server = new ServerSocket(0, SMALLEST_QUEUE, InetAddress.getLoopbackAddress());
            fillAcceptQueue(server);
            System.setProperty(
                    "io.netty.testsuite.badHost", server.getInetAddress().getHostAddress());
            System.setProperty("io.netty.testsuite.badPort", Integer.toString(server.getLocalPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fillAcceptQueue(ServerSocket server) throws IOException {
        for (int i = 0; i < MOST_CONNECTS; i++) {
            Socket socket = new Socket();
            queued.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), CONNECT_TIMEOUT_MILLIS);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new IOException("after " + MOST_CONNECTS + " connects nobody accepted, the queue of "
                + server.getLocalSocketAddress() + " is still not full");
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        try {
            for (Socket socket : queued) {
                socket.close();
            }
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
