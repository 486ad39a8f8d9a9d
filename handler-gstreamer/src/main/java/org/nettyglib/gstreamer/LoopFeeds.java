package org.nettyglib.gstreamer;

import io.netty.channel.EventLoop;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The feeds of a source: one for each loop that has viewers. From any thread. */
final class LoopFeeds {
    private static final LoopFeed[] NONE = {};

    private final Map<EventLoop, LoopFeed> byLoop = new HashMap<>();

    /** What is read for each frame. Replaced, never changed. */
    private volatile LoopFeed[] all = NONE;

    LoopFeed[] all() {
        return all;
    }

    boolean isAnyFull() {
        for (LoopFeed feed : all) {
            if (feed.isFull()) {
                return true;
            }
        }
        return false;
    }

    /** {@return the feed of a loop, which has one viewer more} */
    synchronized LoopFeed join(EventLoop loop, AppSinkSource source) {
        LoopFeed feed = byLoop.get(loop);
        if (feed == null) {
            feed = new LoopFeed(loop, source);
            byLoop.put(loop, feed);
            LoopFeed[] more = Arrays.copyOf(all, all.length + 1);
            more[more.length - 1] = feed;
            all = more;
        }
        feed.members++;
        return feed;
    }

    /** {@return whether the feed has no viewer any more, and gets nothing more} */
    synchronized boolean leave(LoopFeed feed) {
        return --feed.members == 0 && remove(feed);
    }

    /** {@return whether it was there} */
    synchronized boolean remove(LoopFeed feed) {
        if (!byLoop.remove(feed.loop(), feed)) {
            return false;
        }
        all = Arrays.stream(all).filter(other -> other != feed).toArray(LoopFeed[]::new);
        return true;
    }
}
