package org.nettyglib.gio;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a member stands among those of its loop: a ring, which costs a fraction of a hash table. On the loop's thread.
 */
final class LoopPlace {
    private final @Nullable LoopMember member;
    private LoopPlace before = this;
    private LoopPlace after = this;

    /** Nowhere. */
    LoopPlace(LoopMember member) {
        this.member = member;
    }

    /** The beginning and the end of an empty ring. */
    LoopPlace() {
        member = null;
    }

    boolean isAlone() {
        return after == this;
    }

    /** Takes a place at the end of a ring, unless it has one. */
    void join(LoopPlace ring) {
        if (!isAlone()) {
            return;
        }
        before = ring.before;
        after = ring;
        before.after = this;
        ring.before = this;
    }

    /** {@return whether it was in a ring} */
    boolean leave() {
        if (isAlone()) {
            return false;
        }
        before.after = after;
        after.before = before;
        before = this;
        after = this;
        return true;
    }

    /** The members of this ring, as they are now. */
    List<LoopMember> members() {
        List<LoopMember> members = new ArrayList<>();
        for (LoopPlace place = after; place.member != null; place = place.after) {
            members.add(place.member);
        }
        return members;
    }
}
