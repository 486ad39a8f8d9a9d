package org.nettyglib.channel;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.Socket;
import io.netty.util.internal.ObjectUtil;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of a kind of channel as data: each is a name and a way to read and to write it.
 */
final class OptionTable {
    /** {@code sys/socket.h}: SOL_SOCKET. */
    static final int SOL_SOCKET = 1;

    /** {@code asm-generic/socket.h}: SO_DOMAIN. */
    static final int SO_DOMAIN = 39;

    /** {@code netinet/in.h}: IPPROTO_IP. */
    static final int IPPROTO_IP = 0;

    /** {@code netinet/in.h}: IPPROTO_IPV6. */
    static final int IPPROTO_IPV6 = 41;

    /** {@code netinet/in.h}: IPPROTO_TCP. */
    static final int IPPROTO_TCP = 6;

    private static final long UINT32_MAX = 0xFFFFFFFFL;

    interface Getter<S, T> {
        T get(S from) throws IOException;
    }

    interface Setter<S, T> {
        void set(S to, T value) throws IOException;
    }

    private record Entry<T>(Getter<GLibChannelConfig, T> getter, Setter<GLibChannelConfig, T> setter) {}

    private final Map<ChannelOption<?>, Entry<?>> entries = new LinkedHashMap<>();

    /** With what every channel has. */
    OptionTable() {
        own(
                GLibChannelConfig.class,
                GLibChannelOption.PRIORITY,
                GLibChannelConfig::priority,
                GLibChannelConfig::setPriority);
    }

    /** An option that the config keeps itself. */
    <C extends GLibChannelConfig, T> OptionTable own(
            Class<C> type, ChannelOption<T> option, Getter<C, T> getter, Setter<C, T> setter) {
        return add(
                option,
                config -> getter.get(type.cast(config)),
                (config, value) -> setter.set(type.cast(config), value));
    }

    private <T> OptionTable add(
            ChannelOption<T> option, Getter<GLibChannelConfig, T> getter, Setter<GLibChannelConfig, T> setter) {
        entries.put(option, new Entry<>(getter, setter));
        return this;
    }

    /** An option of the socket that Netty's {@link Socket} knows. */
    <T> OptionTable socket(ChannelOption<T> option, Getter<Socket, T> getter, Setter<Socket, T> setter) {
        return add(
                option, config -> getter.get(config.socket()), (config, value) -> setter.set(config.socket(), value));
    }

    /** An {@code int} of setsockopt(2). */
    OptionTable number(ChannelOption<Integer> option, int level, int name) {
        return socket(
                option,
                socket -> socket.getIntOpt(level, name),
                (socket, value) -> socket.setIntOpt(level, name, value));
    }

    /** An {@code int} of setsockopt(2) that is 0 or not. */
    OptionTable flag(ChannelOption<Boolean> option, int level, int name) {
        return socket(
                option,
                socket -> socket.getIntOpt(level, name) != 0,
                (socket, value) -> socket.setIntOpt(level, name, value ? 1 : 0));
    }

    /** An {@code unsigned int} of setsockopt(2). */
    OptionTable unsigned(ChannelOption<Long> option, int level, int name) {
        return socket(option, socket -> socket.getIntOpt(level, name) & UINT32_MAX, (socket, value) -> {
            ObjectUtil.checkInRange(value, 0, UINT32_MAX, option.name());
            socket.setIntOpt(level, name, value.intValue());
        });
    }

    ChannelOption<?>[] options() {
        return entries.keySet().toArray(ChannelOption<?>[]::new);
    }

    @SuppressWarnings("unchecked")
    private <T> @Nullable Entry<T> find(ChannelOption<T> option) {
        return (Entry<T>) entries.get(option);
    }

    boolean contains(ChannelOption<?> option) {
        return entries.containsKey(option);
    }

    /** The value of an option of this table. */
    <T> T get(GLibChannelConfig config, ChannelOption<T> option) {
        Entry<T> entry = find(option);
        if (entry == null) {
            throw new IllegalArgumentException("no such option: " + option);
        }
        try {
            return entry.getter().get(config);
        } catch (IOException | ChannelException e) {
            throw new ChannelException("cannot read the option " + option + " of " + config.channel(), e);
        }
    }

    /** Sets an option; returns false if it is not in this table. */
    <T> boolean set(GLibChannelConfig config, ChannelOption<T> option, T value) {
        Entry<T> entry = find(option);
        if (entry == null) {
            return false;
        }
        try {
            entry.setter().set(config, value);
            return true;
        } catch (IOException | ChannelException e) {
            throw new ChannelException(
                    "cannot set the option " + option + " of " + config.channel() + " to " + value, e);
        }
    }
}
