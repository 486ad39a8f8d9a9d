package org.nettyglib.gio;

import io.netty.util.NetUtil;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Function;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGio;
import org.nettyglib.ffi.LibGioResolver;

/**
 * Looks up the addresses of a host.
 *
 * @param <T> what becomes of them
 */
final class HostLookup<T> implements NativeBegin, NativeFinish<T> {
    private static final int IPV4_LENGTH = 4;

    private final String host;
    private final AddressTypes types;
    private final Function<List<InetAddress>, T> mapper;

    /** @param mapper of the addresses, of which there is one at least */
    HostLookup(String host, AddressTypes types, Function<List<InetAddress>, T> mapper) {
        this.host = host;
        this.types = types;
        this.mapper = mapper;
    }

    /**
     * The result if it takes nobody to say it: the name is empty or an address.
     *
     * @throws UnknownHostException if it is an address that does not exist here, because of its interface
     */
    @Nullable T immediately() throws UnknownHostException {
        InetAddress known = host.isEmpty() ? types.localhost() : literal();
        return known == null ? null : mapper.apply(List.of(known));
    }

    private @Nullable InetAddress literal() throws UnknownHostException {
        if (!NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host)) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            throw unknown(e);
        }
    }

    @Override
    public void begin(long cancellable, long callback, long userData) throws Exception {
        ResolverCall.make((resolver, arena) -> LibGioResolver.g_resolver_lookup_by_name_with_flags_async(
                resolver, name(arena), types.flags(), cancellable, callback, userData));
    }

    private long name(Arena arena) throws UnknownHostException {
        try {
            return ResolverCall.name(arena, host);
        } catch (IllegalArgumentException e) {
            throw unknown(e);
        }
    }

    @Override
    public T finish(long source, long result) throws Exception {
        ErrorSlot slot = ErrorSlot.get();
        long list = LibGioResolver.g_resolver_lookup_by_name_with_flags_finish(source, result, slot.address());
        try {
            slot.check();
            T known = immediately();
            // GIO would drop the scope id.
            return known != null ? known : mapper.apply(types.sorted(ResolverCall.elements(list, this::address)));
        } catch (GErrorException e) {
            throw LibGio.isCancelled(e) ? e : unknown(e);
        } finally {
            LibGioResolver.g_resolver_free_addresses(list);
        }
    }

    private InetAddress address(long address) {
        byte[] bytes = LibGioResolver.g_inet_address_to_bytes(address);
        int scope = bytes.length == IPV4_LENGTH ? 0 : LibGioResolver.g_inet_address_get_scope_id(address);
        try {
            return scope == 0 ? InetAddress.getByAddress(host, bytes) : Inet6Address.getByAddress(host, bytes, scope);
        } catch (UnknownHostException e) {
            // Of another length: GIO knows of no such families.
            throw new UncheckedIOException(e);
        }
    }

    private UnknownHostException unknown(Exception cause) {
        UnknownHostException unknown = new UnknownHostException(host + ": " + cause.getMessage());
        unknown.initCause(cause);
        return unknown;
    }
}
