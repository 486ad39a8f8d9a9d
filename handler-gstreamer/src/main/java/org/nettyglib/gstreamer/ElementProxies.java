package org.nettyglib.gstreamer;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import org.freedesktop.gstreamer.gst.Element;
import org.javagi.base.Proxy;
import org.javagi.gobject.InstanceCache;
import org.nettyglib.gstreamer.ffi.LibGst;

/**
 * Java-gi's objects for the elements of a pipeline, which are kept as long as the pipeline: java-gi fails where it is asked for an
 * object that was collected and whose reference was not dropped yet.
 */
final class ElementProxies {
    /** Guarded by this. */
    private final Set<Proxy> proxies = new HashSet<>();

    /**
     * Makes java-gi's object, or finds it.
     *
     * @param element whose reference is the caller's; it is given back
     */
    synchronized Proxy take(long element) {
        try {
            Proxy proxy = InstanceCache.getForType(MemorySegment.ofAddress(element), Element.Element$Impl::new);
            if (proxy == null) {
                throw new IllegalStateException("java-gi has no class for " + LibGst.gst_object_get_name(element));
            }
            proxies.add(proxy);
            return proxy;
        } finally {
            // Java-gi has one of its own; it takes this one for its own, too, and never gives it back.
            LibGst.gst_object_unref(element);
        }
    }

    synchronized void clear() {
        proxies.clear();
    }
}
