package org.nettyglib.gstreamer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The viewers of a feed. It may change while somebody walks through it: who leaves then leaves a gap. */
final class ViewerList {
    private @Nullable Viewer[] viewers = new @Nullable Viewer[4];
    private int size;
    private boolean hasGaps;

    /** {@return how many places there are, some of which may be empty} */
    int size() {
        return size;
    }

    /** {@return a viewer, or null where one has left} */
    @Nullable Viewer get(int index) {
        return viewers[index];
    }

    void add(Viewer viewer) {
        if (size == viewers.length) {
            viewers = Arrays.copyOf(viewers, size * 2);
        }
        viewer.place = size;
        viewers[size++] = viewer;
    }

    /** @param walking whether somebody walks through the list */
    void remove(Viewer viewer, boolean walking) {
        viewers[viewer.place] = null;
        hasGaps = true;
        if (!walking) {
            compact();
        }
    }

    /** Closes the gaps. Nobody walks through the list. */
    void compact() {
        if (!hasGaps) {
            return;
        }
        hasGaps = false;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            Viewer viewer = viewers[i];
            if (viewer != null) {
                viewer.place = kept;
                viewers[kept++] = viewer;
            }
        }
        Arrays.fill(viewers, kept, size, null);
        size = kept;
    }
}
