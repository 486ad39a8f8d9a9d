package org.nettyglib.gstreamer;

import org.nettyglib.channel.Await;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.gstreamer.ffi.LibGst;

/** A test's own reference to an object, which has to be the only one in the end. */
final class LastReference {
    private LastReference() {}

    /** Drops it when all others are gone: a thread of GStreamer's own may have one for its last breath. */
    static void drop(long object) throws InterruptedException {
        Await.until(
                () -> LibGobject.refCount(object) == 1,
                () -> "one reference, but there are " + LibGobject.refCount(object));
        LibGst.gst_object_unref(object);
    }
}
