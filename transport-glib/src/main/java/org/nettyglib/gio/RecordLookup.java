package org.nettyglib.gio;

import java.util.List;
import java.util.function.Function;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGioResolver;
import org.nettyglib.ffi.LibGvariant;

/**
 * Looks up the records of one type that a name has in DNS.
 *
 * @param <T> a record
 */
final class RecordLookup<T> implements NativeBegin, NativeFinish<List<T>> {
    private final String name;
    private final int type;
    private final Function<RecordReader, T> reader;

    /** @param type {@code GResolverRecordType} */
    RecordLookup(String name, int type, Function<RecordReader, T> reader) {
        this.name = name;
        this.type = type;
        this.reader = reader;
    }

    @Override
    public void begin(long cancellable, long callback, long userData) throws Exception {
        ResolverCall.make((resolver, arena) -> LibGioResolver.g_resolver_lookup_records_async(
                resolver, ResolverCall.name(arena, name), type, cancellable, callback, userData));
    }

    @Override
    public List<T> finish(long source, long result) throws Exception {
        ErrorSlot slot = ErrorSlot.get();
        long list = LibGioResolver.g_resolver_lookup_records_finish(source, result, slot.address());
        slot.check();
        try {
            return ResolverCall.elements(list, tuple -> reader.apply(new RecordReader(tuple)));
        } finally {
            ResolverCall.forEach(list, LibGvariant::g_variant_unref);
            LibGioResolver.g_list_free(list);
        }
    }
}
