package org.nettyglib.gstreamer;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.nettyglib.gstreamer.ffi.RawGst;

/** The objects of GStreamer that are alive in this process, which runs with {@code GST_TRACERS=leaks}: how many of each type. */
record LiveObjects(Map<String, Long> counts) {
    static LiveObjects now() {
        return new LiveObjects(Arrays.stream(RawGst.liveObjects())
                .collect(Collectors.groupingBy(type -> type, TreeMap::new, Collectors.counting())));
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
