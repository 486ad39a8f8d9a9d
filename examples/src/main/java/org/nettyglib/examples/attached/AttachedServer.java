package org.nettyglib.examples.attached;

import io.netty.channel.ChannelFuture;
import java.util.concurrent.TimeUnit;
import org.gnome.glib.GLib;
import org.gnome.glib.MainContext;
import org.gnome.glib.MainLoop;
import org.nettyglib.examples.chat.Room;
import org.nettyglib.examples.chat.RoomServer;
import org.nettyglib.loop.GLibEventLoopGroup;

/**
 * The room of the chat without its window, in a plain {@code GMainLoop} that the main thread runs: Netty is a guest there and
 * has no thread of its own. The room is closed when the last one has left.
 */
public final class AttachedServer {

    private static final int MILLIS = 250;

    private final GLibEventLoopGroup group = GLibEventLoopGroup.attach(); // to GLib's default context
    private final MainLoop mainLoop = new MainLoop(null, false); // of the same
    private final Room room = new Room();

    private int people;

    private AttachedServer() {}

    /**
     * Serves until the room has been left.
     *
     * @param args the port, 7010 if there is none
     */
    public static void main(String[] args) {
        new AttachedServer().run(args.length == 0 ? 7010 : Integer.parseInt(args[0]));
    }

    private void run(int port) {
        RoomServer.open(group, room, port).addListener((ChannelFuture opened) -> {
            if (opened.isSuccess()) {
                say("Room at " + opened.channel().localAddress());
            } else {
                say("No room: " + opened.cause().getMessage());
                mainLoop.quit();
            }
        });
        GLib.timeoutAdd(GLib.PRIORITY_DEFAULT, MILLIS, this::lookAround);

        mainLoop.run();

        group.shutdownGracefully(0, 2, TimeUnit.SECONDS);
        while (!group.isTerminated()) {
            MainContext.default_().iteration(true); // what is left of Netty's work needs somebody to do it
        }
        say("Closed");
    }

    /** A callback of GLib's, beside Netty's handlers: it looks at the room without a lock. */
    private boolean lookAround() {
        int before = people;
        people = room.people().size();
        if (people != before) {
            say(people + " here");
        }
        if (people == 0 && before > 0) {
            mainLoop.quit();
            return GLib.SOURCE_REMOVE;
        }
        return GLib.SOURCE_CONTINUE;
    }

    private static void say(String what) {
        System.out.println(what + ", in the thread " + Thread.currentThread().getName());
    }
}
