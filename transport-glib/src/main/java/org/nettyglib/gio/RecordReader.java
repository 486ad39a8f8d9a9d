package org.nettyglib.gio;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.nettyglib.ffi.LibGvariant;

/** Reads the fields of a record of DNS one after the other, from the tuple that GIO makes of it. */
final class RecordReader {
    /** What a string is that GLib could not make one of: its text is not UTF-8. */
    private static final String UNREADABLE = "\ufffd";

    private final long tuple;
    private int next;

    RecordReader(long tuple) {
        this.tuple = tuple;
    }

    private static <T> T child(long container, long index, LongFunction<T> reader) {
        long child = LibGvariant.g_variant_get_child_value(container, index);
        try {
            return reader.apply(child);
        } finally {
            if (child != 0) {
                LibGvariant.g_variant_unref(child);
            }
        }
    }

    private static String string(long value) {
        return value == 0 ? UNREADABLE : LibGvariant.g_variant_get_string(value);
    }

    private <T> T next(LongFunction<T> reader) {
        return child(tuple, next++, reader);
    }

    int nextUint16() {
        return next(LibGvariant::g_variant_get_uint16);
    }

    long nextUint32() {
        return next(LibGvariant::g_variant_get_uint32);
    }

    String nextString() {
        return next(RecordReader::string);
    }

    List<String> nextStrings() {
        return next(RecordReader::strings);
    }

    private static List<String> strings(long array) {
        List<String> strings = new ArrayList<>();
        long count = LibGvariant.g_variant_n_children(array);
        for (long i = 0; i < count; i++) {
            strings.add(child(array, i, RecordReader::string));
        }
        return strings;
    }
}
