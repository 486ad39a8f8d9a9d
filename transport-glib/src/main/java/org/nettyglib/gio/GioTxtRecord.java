package org.nettyglib.gio;

import java.util.List;

/**
 * A TXT record of DNS (RFC 1035).
 *
 * @param strings what it consists of, at most 255 bytes each. A string that is not UTF-8 is lost in some versions of GLib,
 *     which complain of it (a {@code GLib-CRITICAL}), and is then U+FFFD alone
 */
public record GioTxtRecord(List<String> strings) {
    /**
     * A record.
     *
     * @param strings what it consists of
     */
    public GioTxtRecord {
        strings = List.copyOf(strings);
    }

    static GioTxtRecord of(RecordReader fields) {
        return new GioTxtRecord(fields.nextStrings());
    }

    /** {@return the strings as one, which is how SPF and DKIM read a long text} */
    public String text() {
        return String.join("", strings);
    }
}
