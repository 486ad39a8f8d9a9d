package org.nettyglib.gio;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Objects;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGioResolver;
import org.nettyglib.ffi.LibGobject;

/** Looks up the name of an address. */
record AddressLookup(InetAddress address) implements NativeBegin, NativeFinish<String> {
    @Override
    public void begin(long cancellable, long callback, long userData) throws Exception {
        ResolverCall.make((resolver, arena) -> {
            long forGio = forGio(arena);
            LibGioResolver.g_resolver_lookup_by_address_async(resolver, forGio, cancellable, callback, userData);
            LibGobject.g_object_unref(forGio);
        });
    }

    private long forGio(Arena arena) {
        return LibGioResolver.g_inet_address_new_from_bytes(
                arena.allocateFrom(ValueLayout.JAVA_BYTE, address.getAddress()).address(),
                address instanceof Inet4Address
                        ? LibGioResolver.G_SOCKET_FAMILY_IPV4
                        : LibGioResolver.G_SOCKET_FAMILY_IPV6);
    }

    @Override
    public String finish(long source, long result) throws Exception {
        ErrorSlot slot = ErrorSlot.get();
        String name = LibGioResolver.g_resolver_lookup_by_address_finish(source, result, slot.address());
        slot.check();
        return Objects.requireNonNull(name);
    }
}
