package org.nettyglib.gio;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.ref.Reference;
import org.gnome.gobject.GObject;

/** How many references C and Java hold to an object. */
final class References {
    /** {@code ref_count} of {@code struct _GObject} in {@code gobject.h}. */
    private static final int OFFSET = 8;

    private References() {}

    @SuppressWarnings("restricted")
    static int of(GObject object) {
        try {
            return object.handle().reinterpret(OFFSET + JAVA_INT.byteSize()).get(JAVA_INT, OFFSET);
        } finally {
            Reference.reachabilityFence(object);
        }
    }
}
