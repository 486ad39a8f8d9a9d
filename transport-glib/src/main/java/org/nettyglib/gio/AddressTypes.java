package org.nettyglib.gio;

import io.netty.resolver.ResolvedAddressTypes;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.LibGioResolver;

/** Which addresses of a host are wanted, and which come first. */
enum AddressTypes {
    /** Both kinds, in the order of the system's own rules (RFC 6724, {@code gai.conf}). */
    BY_THE_SYSTEM(LibGioResolver.G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, NetUtil.LOCALHOST),

    IPV4_ONLY(LibGioResolver.G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY, NetUtil.LOCALHOST4),

    IPV6_ONLY(LibGioResolver.G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY, NetUtil.LOCALHOST6),

    IPV4_PREFERRED(LibGioResolver.G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, NetUtil.LOCALHOST4),

    IPV6_PREFERRED(LibGioResolver.G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, NetUtil.LOCALHOST6);

    private static final Comparator<InetAddress> IPV6_FIRST = Comparator.comparing(Inet4Address.class::isInstance);

    private final int flags;
    private final InetAddress localhost;

    AddressTypes(int flags, InetAddress localhost) {
        this.flags = flags;
        this.localhost = localhost;
    }

    /** Null is what the JVM's settings say. */
    static AddressTypes of(@Nullable ResolvedAddressTypes types) {
        if (types == null) {
            return NetUtil.isIpV4StackPreferred() ? IPV4_ONLY : BY_THE_SYSTEM;
        }
        return switch (types) {
            case IPV4_ONLY -> IPV4_ONLY;
            case IPV6_ONLY -> IPV6_ONLY;
            case IPV4_PREFERRED -> IPV4_PREFERRED;
            case IPV6_PREFERRED -> IPV6_PREFERRED;
        };
    }

    /** {@code GResolverNameLookupFlags}. */
    int flags() {
        return flags;
    }

    /** What Netty's resolvers make of an empty name. */
    InetAddress localhost() {
        return localhost;
    }

    /** The addresses in their order. */
    List<InetAddress> sorted(List<InetAddress> addresses) {
        if (this != IPV4_PREFERRED && this != IPV6_PREFERRED) {
            return addresses;
        }
        List<InetAddress> sorted = new ArrayList<>(addresses);
        sorted.sort(this == IPV6_PREFERRED ? IPV6_FIRST : IPV6_FIRST.reversed());
        return sorted;
    }
}
