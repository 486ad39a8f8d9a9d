package org.nettyglib.poll;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The watches of an {@link EpollSet} and its {@link PrioritySets} by {@link WatchKey}. For the loop's thread.
 */
final class WatchTable {
    private @Nullable EpollWatch[] watches = new @Nullable EpollWatch[64];
    private int[] generations = new int[64];
    private int[] free = new int[64];
    private int freeCount;
    private int used;

    /** Enters a watch and returns its key. */
    long add(EpollWatch watch) {
        int index = freeCount > 0 ? free[--freeCount] : used++;
        if (index == watches.length) {
            watches = Arrays.copyOf(watches, index * 2);
            generations = Arrays.copyOf(generations, index * 2);
        }
        watches[index] = watch;
        return WatchKey.of(index, generations[index]);
    }

    void remove(long key) {
        int index = WatchKey.index(key);
        watches[index] = null;
        generations[index]++;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = index;
    }

    /** A new key for the same watch, so that events with the old one are dropped. */
    long renew(long key) {
        int index = WatchKey.index(key);
        return WatchKey.of(index, ++generations[index]);
    }

    /** The watch with exactly this key, or null if that was closed or moved since. */
    @Nullable EpollWatch find(long key) {
        EpollWatch watch = watches[WatchKey.index(key)];
        return watch != null && watch.key() == key ? watch : null;
    }
}
