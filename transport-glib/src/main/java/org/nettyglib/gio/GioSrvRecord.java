package org.nettyglib.gio;

import java.net.InetSocketAddress;
import org.nettyglib.ffi.LibGioResolver;

/**
 * Where a service is, by a SRV record of DNS (RFC 2782).
 *
 * @param host the host, to be looked up
 * @param port the port there
 * @param priority lower numbers are to be tried first
 * @param weight how often it is to be tried compared with others of the same priority
 */
public record GioSrvRecord(String host, int port, int priority, int weight) {
    static GioSrvRecord of(long target) {
        return new GioSrvRecord(
                LibGioResolver.g_srv_target_get_hostname(target),
                LibGioResolver.g_srv_target_get_port(target),
                LibGioResolver.g_srv_target_get_priority(target),
                LibGioResolver.g_srv_target_get_weight(target));
    }

    /** {@return host and port, to connect to with a resolver} */
    public InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(host, port);
    }
}
