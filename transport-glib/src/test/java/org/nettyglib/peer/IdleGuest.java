package org.nettyglib.peer;

import static org.nettyglib.channel.ChannelFixture.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.File;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.GLib;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.gnome.glib.Source;
import org.nettyglib.channel.Await;
import org.nettyglib.channel.ChannelFixture;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;

/**
 * A program with a main loop that a timeout of GLib's keeps busy, and an event loop that is attached to it and has
 * nothing to do. The thread asks for a file, its first argument, before a number of calls of the timeout, and for
 * another, its second argument, after them.
 */
final class IdleGuest {
    static final int CALLS = 200;

    private IdleGuest() {}

    public static void main(String[] arguments) throws Exception {
        MainContext context = new MainContext();
        MainLoop mainLoop = new MainLoop(context, false);
        GLibEventLoopGroup group = GLibEventLoopGroup.attach(context);
        Thread thread = Thread.ofPlatform().start(mainLoop::run);

        Channel server = channel(new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .childHandler(new ChannelInboundHandlerAdapter())
                .bind(ChannelFixture.ANY_PORT));
        channel(new Bootstrap()
                .group(group)
                .channel(GLibSocketChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(server.localAddress()));
        group.next().schedule(() -> {}, 1, TimeUnit.HOURS);
        CountDownLatch called = new CountDownLatch(2 * CALLS);
        Source timeout = GLib.timeoutSourceNew(1);
        timeout.setCallback(() -> {
            called.countDown();
            // Not before the JVM has loaded what it needs.
            if (called.getCount() == CALLS) {
                new File(arguments[0]).exists();
            }
            if (called.getCount() > 0) {
                return GLib.SOURCE_CONTINUE;
            }
            new File(arguments[1]).exists();
            return GLib.SOURCE_REMOVE;
        });
        timeout.attach(context);
        called.await();

        Await.success(group.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS));
        mainLoop.quit();
        thread.join();
    }
}
