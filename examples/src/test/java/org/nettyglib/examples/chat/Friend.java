package org.nettyglib.examples.chat;

import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A guest without a window, for tests. */
public final class Friend implements Conversation, AutoCloseable {

    private final BlockingQueue<String> noticed = new LinkedBlockingQueue<>();
    private final Guest guest = new Guest(this);
    private final EventLoopGroup group;

    private Friend(EventLoopGroup group) {
        this.group = group;
    }

    /** Goes into the room on this machine, and waits until it is in. */
    public static Friend enter(EventLoopGroup group, int port, String name) throws InterruptedException {
        Friend friend = new Friend(group);
        friend.guest.enter(group, new InetSocketAddress("127.0.0.1", port), name);
        friend.await("entered");
        return friend;
    }

    public void say(String text) {
        group.execute(() -> guest.say(text));
    }

    /** Waits for something that begins and ends like this; what came before it is forgotten. */
    public String await(String beginning, String end) throws InterruptedException {
        while (true) {
            String notice = noticed.take();
            if (notice.startsWith(beginning) && notice.endsWith(end)) {
                return notice;
            }
        }
    }

    /** Waits for exactly this. */
    public void await(String notice) throws InterruptedException {
        await(notice, notice);
    }

    @Override
    public void close() {
        group.execute(guest::leave);
    }

    @Override
    public void entered() {
        noticed.add("entered");
    }

    @Override
    public void told(Note note) {
        noticed.add(note.encode());
    }

    @Override
    public void ended(String why) {
        noticed.add("ended\t" + why);
    }
}
