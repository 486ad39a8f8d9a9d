package org.nettyglib.peer;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.gnome.gio.File;
import org.gnome.gio.FileInfo;
import org.gnome.gio.FileQueryInfoFlags;
import org.nettyglib.channel.Await;
import org.nettyglib.gio.GLibSubprocess;
import org.nettyglib.gio.GioFuture;
import org.nettyglib.gio.GioFutures;
import org.nettyglib.gio.GioResolver;
import org.nettyglib.gio.UnixSignal;
import org.nettyglib.gio.UnixSignals;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.GLibTransport;

/** Uses each way to GIO once. */
final class GioProgram {
    private GioProgram() {}

    public static void main(String[] arguments) throws Exception {
        GLibTransport.initJavaGi();
        GLibEventLoopGroup group = new GLibEventLoopGroup();
        EventLoop loop = group.next();
        File file = File.newForPath(arguments[0]);
        GioFuture<FileInfo> info = GioFutures.start(
                loop,
                (cancellable, ready) ->
                        file.queryInfoAsync("standard::size", FileQueryInfoFlags.NONE, 0, cancellable, ready),
                file::queryInfoFinish);
        System.out.println("size " + get(info).getSize());
        System.out.println("addresses "
                + get(GioResolver.INSTANCE.lookupByName(loop, "127.0.0.1")).size());
        GLibSubprocess process =
                get(GLibSubprocess.builder("sh", "-c", "exit 7").start(loop));
        System.out.println(get(process.exit()));
        System.out.println(
                "cancelled " + UnixSignals.next(loop, UnixSignal.USR1).cancel(false));
        group.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(Await.SECONDS, TimeUnit.SECONDS);
    }
}
