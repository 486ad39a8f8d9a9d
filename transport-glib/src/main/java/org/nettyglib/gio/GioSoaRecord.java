package org.nettyglib.gio;

import java.time.Duration;

/**
 * Who is in charge of a zone, by a SOA record of DNS (RFC 1035).
 *
 * @param nameServer the primary name server
 * @param mailbox of whom is responsible, with a dot for the {@code @}
 * @param serial the version of the zone
 * @param refresh how often another server should look for a new version
 * @param retry when it should look again after it could not
 * @param expire how long it may answer without having looked
 * @param minimum how long one may remember that a name does not exist
 */
public record GioSoaRecord(
        String nameServer,
        String mailbox,
        long serial,
        Duration refresh,
        Duration retry,
        Duration expire,
        Duration minimum) {
    static GioSoaRecord of(RecordReader fields) {
        return new GioSoaRecord(
                fields.nextString(),
                fields.nextString(),
                fields.nextUint32(),
                nextSeconds(fields),
                nextSeconds(fields),
                nextSeconds(fields),
                nextSeconds(fields));
    }

    private static Duration nextSeconds(RecordReader fields) {
        return Duration.ofSeconds(fields.nextUint32());
    }
}
