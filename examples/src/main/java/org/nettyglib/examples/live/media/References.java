package org.nettyglib.examples.live.media;

import org.gnome.gobject.GObject;
import org.jspecify.annotations.Nullable;

/** Mends java-gi's reference counts. */
final class References {

    private References() {}

    /**
     * Gives back the reference that java-gi takes, beside the one its proxy holds, when it meets a GstObject for the first time or is
     * given one with a reference of its own. Without this no pipeline would ever be finalised.
     *
     * @param object obtained by exactly one call that returned it, and not used through any other proxy
     */
    static void dropSurplus(@Nullable GObject object) {
        if (object != null) {
            NativeGst.unrefObject(object.handle());
        }
    }
}
