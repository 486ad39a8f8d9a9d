package org.nettyglib.poll;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The watches of an {@link EpollSet} by {@link WatchKey}. For the loop's thread.
 */
final class WatchTable {
    private EpollSet.@Nullable EpollWatch[] watches = new EpollSet.@Nullable EpollWatch[64];
    private int[] generations = new int[64];
    private int[] free = new int[64];
    private int freeCount;
    private int used;

    /** Enters a watch and returns its key. */
    long add(EpollSet.EpollWatch watch) {
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

    /** The watch with exactly this key, or null if it was closed since. */
    EpollSet.@Nullable EpollWatch find(long key) {
        EpollSet.EpollWatch watch = watches[WatchKey.index(key)];
        return watch != null && watch.key == key ? watch : null;
    }
}
