package org.nettyglib.poll;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.nettyglib.ffi.LibGlib;
import org.nettyglib.ffi.Memory;

/** What all sources of this library have in common. */
final class SourceSetup {
    private static final Map<String, Long> NAMES = new ConcurrentHashMap<>();

    private SourceSetup() {}

    /** Gives a new source its name, its priority and the right to be dispatched by a main loop inside its dispatch. */
    static void apply(long source, String name, int priority) {
        LibGlib.g_source_set_name(source, NAMES.computeIfAbsent(name, Memory::immortalString));
        LibGlib.g_source_set_can_recurse(source, true);
        LibGlib.g_source_set_priority(source, priority);
    }
}
