package org.nettyglib.examples.chat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.gnome.gio.ApplicationFlags;
import org.gnome.glib.MainContext;
import org.gnome.gtk.Application;
import org.jspecify.annotations.Nullable;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.loop.GLibLoopOptions;
import org.nettyglib.loop.GLibTransport;

/** Netty in GTK's main loop, from the start of the application to its end. To be made and run in one thread. */
final class ChatApplication {

    private final MainContext context;
    private final GLibEventLoopGroup group;
    private final Application application;
    private final Invitation invitation;
    private final Room room = new Room();

    private @Nullable ChatWindow window;

    /**
     * What the chat was asked to do.
     *
     * @param name of whoever sits in front of the window
     * @param room to go into, or null to open one here
     * @param port of the room that is opened here; 0 for any
     */
    record Invitation(String name, @Nullable InetSocketAddress room, int port) {}

    ChatApplication(Invitation invitation) {
        this.invitation = invitation;
        GLibTransport.initJavaGi(); // before the first class of GTK's
        context = MainContext.default_();
        group = GLibEventLoopGroup.attach(context, GLibLoopOptions.defaults().owner(Thread.currentThread()));
        // Several of them on one desktop are several processes.
        application = new Application("org.nettyglib.Chat", ApplicationFlags.NON_UNIQUE);
        application.onActivate(this::open);
    }

    /** The loop that runs in GTK's thread: other threads reach the window by its tasks. */
    EventLoop loop() {
        return group.next();
    }

    @Nullable ChatWindow window() {
        return window;
    }

    /**
     * Shows the window until it is closed.
     *
     * @return the status for the process to end with
     */
    int run() {
        // Until the end: java-gi gives widgets back in the thread that owns the context, or else in one of its own.
        context.acquire();
        int status = application.run(null);
        // GTK no longer iterates the context, and Netty has connections to close.
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        while (!group.isTerminated()) {
            context.iteration(true);
        }
        return status;
    }

    private void open() {
        ChatWindow shown = new ChatWindow(application, group);
        Guest guest = new Guest(shown);
        shown.onSay(guest::say);
        shown.onClose(() -> {
            guest.leave();
            room.close();
        });
        window = shown;
        InetSocketAddress elsewhere = invitation.room();
        if (elsewhere == null) {
            host(shown, guest);
        } else {
            shown.present("joined " + elsewhere.getHostString() + ":" + elsewhere.getPort());
            guest.enter(group, elsewhere, invitation.name());
        }
    }

    /** The window's own guest comes by a WebSocket as all others do. */
    private void host(ChatWindow shown, Guest guest) {
        RoomServer.open(group, room, invitation.port()).addListener((ChannelFuture opened) -> {
            if (opened.isSuccess()) {
                InetSocketAddress here = (InetSocketAddress) opened.channel().localAddress();
                shown.present("hosted at " + here.getHostString() + ":" + here.getPort());
                guest.enter(group, here, invitation.name());
            } else {
                shown.present("no room");
                shown.ended(String.valueOf(opened.cause().getMessage()));
            }
        });
    }
}
