package org.nettyglib.examples.gtk;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.LineEncoder;
import io.netty.handler.codec.string.StringDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.gnome.gio.ApplicationFlags;
import org.gnome.glib.GLib;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.gnome.gtk.Application;
import org.gnome.gtk.ApplicationWindow;
import org.gnome.gtk.Box;
import org.gnome.gtk.Button;
import org.gnome.gtk.Orientation;
import org.gnome.gtk.Window;
import org.jspecify.annotations.Nullable;
import org.nettyglib.channel.GLibServerSocketChannel;
import org.nettyglib.channel.GLibSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.GLibTransport;

/**
 * A GTK application with a server in its main loop. What it is sent, a line each, is answered with the same line; some lines press a
 * button of the window too.
 */
final class GtkScene {

    private final MainContext context;
    private final GLibEventLoopGroup group;
    private final Application application;

    /** The threads in which anything ran here; no lock, for there is to be but one. */
    private final Set<String> threads = new TreeSet<>();

    private @Nullable Window dialog;

    private GtkScene() {
        GLibTransport.initJavaGi();
        context = MainContext.default_();
        group = GLibEventLoopGroup.attach();
        application = new Application("org.nettyglib.Scene", ApplicationFlags.NON_UNIQUE);
        application.onActivate(this::open);
    }

    public static void main(String[] args) {
        System.exit(new GtkScene().run());
    }

    private int run() {
        context.acquire();
        int status = application.run(null);
        // Netty's own, as long as there were channels and timers.
        Set<String> others = new TreeSet<>();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && thread != Thread.currentThread())
                .forEach(thread -> others.add(thread.getName()));
        System.out.println("others " + others);
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        while (!group.isTerminated()) {
            context.iteration(true);
        }
        System.out.println("threads " + threads);
        return status;
    }

    private void open() {
        here("activate");
        Button openDialog = Button.withLabel("Open a dialog");
        openDialog.onClicked(this::showDialog);
        Button askServer = Button.withLabel("Ask the server");
        Box box = new Box(Orientation.VERTICAL, 6);
        box.append(openDialog);
        box.append(askServer);
        Window window = new ApplicationWindow(application);
        window.setChild(box);
        window.present();

        ChannelFuture bound = serve((connection, line) -> {
            switch (line) {
                // In a callback of GLib's, as a click of the mouse is.
                case "open dialog" ->
                    GLib.idleAdd(GLib.PRIORITY_DEFAULT_IDLE, () -> {
                        openDialog.emitClicked();
                        return GLib.SOURCE_REMOVE;
                    });
                case "ask" -> askServer.emitClicked();
                case "close dialog" -> {
                    if (dialog != null) {
                        dialog.close();
                    }
                }
                case "close window" -> window.close();
                default -> {}
            }
        });
        bound.addListener(done -> {
            here("bound");
            SocketAddress address = bound.channel().localAddress();
            askServer.onClicked(() -> ask(address));
            System.out.println("port " + ((InetSocketAddress) address).getPort());
        });
        group.next().scheduleAtFixedRate(() -> here("timer"), 10, 10, TimeUnit.MILLISECONDS);
    }

    /** Does not return until the dialog is closed. */
    private void showDialog() {
        here("click on the first button");
        Window modal = new Window();
        modal.setModal(true);
        modal.setTransientFor(application.getActiveWindow());
        MainLoop loop = new MainLoop(context, false);
        modal.onCloseRequest(() -> {
            loop.quit();
            return false;
        });
        modal.present();
        dialog = modal;
        GLib.idleAdd(GLib.PRIORITY_DEFAULT_IDLE, () -> {
            System.out.println("dialog open");
            return GLib.SOURCE_REMOVE;
        });
        loop.run();
        dialog = null;
        System.out.println("dialog closed");
    }

    private void ask(SocketAddress server) {
        here("click on the second button");
        new Bootstrap()
                .group(group)
                .channel(GLibSocketChannel.class)
                .handler(lines((connection, line) -> {
                    here("client");
                    System.out.println("answer " + line);
                    connection.close();
                }))
                .connect(server)
                .addListener((ChannelFuture connected) -> {
                    here("connected");
                    connected.channel().writeAndFlush("from the button, dialog " + (dialog != null));
                });
    }

    private ChannelFuture serve(BiConsumer<Channel, String> action) {
        return new ServerBootstrap()
                .group(group)
                .channel(GLibServerSocketChannel.class)
                .childHandler(lines((connection, line) -> {
                    here("server");
                    connection.writeAndFlush(line);
                    action.accept(connection, line);
                }))
                .bind(InetAddress.getLoopbackAddress(), 0);
    }

    private static ChannelInitializer<Channel> lines(BiConsumer<Channel, String> action) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(
                                new LineBasedFrameDecoder(1024),
                                new StringDecoder(),
                                new LineEncoder(),
                                new SimpleChannelInboundHandler<String>() {
                                    @Override
                                    protected void channelRead0(ChannelHandlerContext ctx, String line) {
                                        action.accept(ctx.channel(), line);
                                    }
                                });
            }
        };
    }

    private void here(String what) {
        if (threads.add(what + ": " + Thread.currentThread().getName())
                && !group.next().inEventLoop()) {
            System.out.println("outside " + what);
        }
    }
}
