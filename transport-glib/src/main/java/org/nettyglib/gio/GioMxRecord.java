package org.nettyglib.gio;

/**
 * Who takes the mail of a domain, by an MX record of DNS (RFC 1035).
 *
 * @param host the host, to be looked up
 * @param preference lower numbers are to be tried first
 */
public record GioMxRecord(String host, int preference) {
    static GioMxRecord of(RecordReader fields) {
        int preference = fields.nextUint16();
        return new GioMxRecord(fields.nextString(), preference);
    }
}
