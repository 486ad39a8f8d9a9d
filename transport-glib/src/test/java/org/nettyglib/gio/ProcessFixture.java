package org.nettyglib.gio;

import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.nettyglib.channel.Await;
import org.nettyglib.ffi.AsyncReady;
import org.nettyglib.ffi.CancelledSignal;
import org.nettyglib.ffi.SourceFuncs;
import org.nettyglib.loop.GLibEventLoop;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/**
 * A loop for the processes of one test. After the test all of them are killed; it fails if one is a zombie, or if a descriptor, a
 * GLib source or an operation was left behind.
 */
final class ProcessFixture implements AfterEachCallback {
    static {
        warmUp();
    }

    private final OpenEnds ends = OpenEnds.now();
    private final int sources = SourceFuncs.liveSources();
    private final int listeners = CancelledSignal.connected();
    private final int operations = AsyncReady.pending();
    private final LoopFixture loop;
    private final List<GLibSubprocess> processes = new CopyOnWriteArrayList<>();

    ProcessFixture(LoopKind kind) {
        loop = kind.open();
    }

    /** GIO's own thread has a descriptor, and so have the sockets of the JDK. */
    private static void warmUp() {
        try (LoopFixture first = new LoopFixture();
                ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new Socket(server.getInetAddress(), server.getLocalPort()).close();
            Await.success(Await.success(GLibSubprocess.builder("true").start(first.loop()))
                    .exit());
        } catch (InterruptedException | IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    GLibEventLoop loop() {
        return loop.loop();
    }

    /** Starts a process from this thread, and waits until it runs. */
    GLibSubprocess start(GLibSubprocessBuilder builder) throws InterruptedException {
        GLibSubprocess process = Await.success(builder.start(loop()));
        processes.add(process);
        return process;
    }

    /** Runs the shell. */
    static GLibSubprocessBuilder shell(String script) {
        return GLibSubprocess.builder("sh", "-c", script);
    }

    static GLibExitStatus exitOf(GLibSubprocess process) throws InterruptedException {
        Future<GLibExitStatus> exit = process.exit();
        return Await.success(exit);
    }

    void endLoop() throws InterruptedException {
        loop.close();
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        processes.forEach(GLibSubprocess::kill);
        loop.close();
        ends.assertNoMore();
        Await.until(
                () -> SourceFuncs.liveSources() <= sources,
                () -> sources + " GLib sources, but there are " + SourceFuncs.liveSources());
        Await.until(
                () -> CancelledSignal.connected() <= listeners,
                () -> "nobody who waits, but " + CancelledSignal.connected());
        Await.until(() -> AsyncReady.pending() <= operations, () -> "no operation, but " + AsyncReady.pending());
        Children.assertNoZombie();
    }
}
