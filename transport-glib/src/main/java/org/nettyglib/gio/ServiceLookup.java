package org.nettyglib.gio;

import java.util.List;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGioResolver;

/** Looks up where a domain has a service. */
record ServiceLookup(String service, String protocol, String domain)
        implements NativeBegin, NativeFinish<List<GioSrvRecord>> {
    @Override
    public void begin(long cancellable, long callback, long userData) throws Exception {
        ResolverCall.make((resolver, arena) -> LibGioResolver.g_resolver_lookup_service_async(
                resolver,
                ResolverCall.name(arena, service),
                ResolverCall.name(arena, protocol),
                ResolverCall.name(arena, domain),
                cancellable,
                callback,
                userData));
    }

    @Override
    public List<GioSrvRecord> finish(long source, long result) throws Exception {
        ErrorSlot slot = ErrorSlot.get();
        long list = LibGioResolver.g_resolver_lookup_service_finish(source, result, slot.address());
        slot.check();
        try {
            return ResolverCall.elements(list, GioSrvRecord::of);
        } finally {
            LibGioResolver.g_resolver_free_targets(list);
        }
    }
}
