package org.nettyglib.poll;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The epoll set of each GLib priority that a descriptor has. The main one lives as long as the loop; another is made
 * with its first descriptor and closed with its last.
 */
final class PrioritySets {
    private final Map<Integer, PrioritySet> others = new HashMap<>();
    private final long context;
    private final WatchTable watches;
    private final EpollInstance main;
    private final int mainPriority;
    private final Turns turns;

    PrioritySets(long context, WatchTable watches, EpollInstance main, int mainPriority, Turns turns) {
        this.context = context;
        this.watches = watches;
        this.main = main;
        this.mainPriority = mainPriority;
        this.turns = turns;
    }

    int mainPriority() {
        return mainPriority;
    }

    /**
     * The set for one more watch of this priority.
     *
     * @throws java.io.UncheckedIOException if it could not be made
     */
    EpollInstance join(int priority) {
        if (priority == mainPriority) {
            return main;
        }
        PrioritySet set = others.get(priority);
        if (set == null) {
            set = new PrioritySet(context, priority, watches, turns);
            others.put(priority, set);
        }
        return set.join();
    }

    /** A watch of this priority needs its set no more. */
    void leave(int priority) {
        if (priority != mainPriority && others.get(priority) instanceof PrioritySet set && set.leave()) {
            others.remove(priority);
            set.close();
        }
    }

    void pause(int level) {
        others.forEach((priority, set) -> {
            if (priority <= level) {
                set.pause();
            }
        });
    }

    void resume() {
        others.values().forEach(PrioritySet::resume);
    }

    void close() {
        List.copyOf(others.values()).forEach(PrioritySet::close);
        others.clear();
    }
}
