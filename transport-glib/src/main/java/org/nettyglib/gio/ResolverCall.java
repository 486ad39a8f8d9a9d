package org.nettyglib.gio;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.nettyglib.ffi.GList;
import org.nettyglib.ffi.LibGioResolver;
import org.nettyglib.ffi.LibGobject;

/** One call of GIO's default resolver. */
@FunctionalInterface
interface ResolverCall {
    /** Calls an {@code _async} function; all memory of the arena is good until this returns. */
    void call(long resolver, Arena arena) throws Exception;

    /** Makes the call, with the resolver as it is at the moment: a program may set another one. */
    static void make(ResolverCall call) throws Exception {
        long resolver = LibGioResolver.g_resolver_get_default();
        try (Arena arena = Arena.ofConfined()) {
            call.call(resolver, arena);
        } finally {
            LibGobject.g_object_unref(resolver);
        }
    }

    /** A name for C, which would see a shorter one than Java if there were a NUL in it. */
    static long name(Arena arena, String name) {
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a name with a NUL: " + name.replace("\0", "\\0"));
        }
        return arena.allocateFrom(name).address();
    }

    /** The elements of a {@code GList}. */
    static <T> List<T> elements(long list, LongFunction<T> reader) {
        List<T> elements = new ArrayList<>();
        forEach(list, element -> elements.add(reader.apply(element)));
        return elements;
    }

    /** Does something with each element of a {@code GList}. */
    static void forEach(long list, LongConsumer action) {
        for (long node = list; node != 0; node = GList.next(node)) {
            action.accept(GList.data(node));
        }
    }
}
