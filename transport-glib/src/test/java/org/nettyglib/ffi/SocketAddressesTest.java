package org.nettyglib.ffi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketAddressesTest {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(SocketAddresses.SIZE, Long.BYTES);

    @AfterEach
    void free() {
        arena.close();
    }

    private String hex(int length) {
        return HexFormat.of().formatHex(memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, false, 02001f90c00002010000000000000000",
        "192.0.2.1, true, 0a001f900000000000000000000000000000ffffc000020100000000",
        "2001:db8::1, false, 0a001f900000000020010db800000000000000000000000100000000",
        "::1, true, 0a001f90000000000000000000000000000000000000000100000000"
    })
    void shouldWriteAsTheKernelReads(String host, boolean mapped, String expected) {
        memory.fill((byte) -1);
        int length = SocketAddresses.putInet(memory.address(), InetAddress.ofLiteral(host), 8080, mapped);
        assertThat(hex(length)).isEqualTo(expected);
        assertThat(SocketAddresses.getInet(memory.address())).isEqualTo(new InetSocketAddress(host, 8080));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 32_768, 65_535})
    void shouldKeepPort(int port) {
        SocketAddresses.putInet(memory.address(), InetAddress.getLoopbackAddress(), port, false);
        assertThat(SocketAddresses.getInet(memory.address()).getPort()).isEqualTo(port);
    }

    @Test
    void shouldKeepScope() throws UnknownHostException {
        byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
        SocketAddresses.putInet(memory.address(), Inet6Address.getByAddress(null, linkLocal, 7), 1, false);
        Inet6Address read =
                (Inet6Address) SocketAddresses.getInet(memory.address()).getAddress();
        assertThat(read.getScopeId()).isEqualTo(7);
        assertThat(read.getAddress()).isEqualTo(linkLocal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/run/a", "relative", "/ü", "\0name", "\0na\0me"})
    void shouldReadPathItHasWritten(String path) {
        memory.fill((byte) -1);
        int length = SocketAddresses.putUnix(memory.address(), path);
        assertThat(SocketAddresses.getUnix(memory.address(), length)).isEqualTo(path);
    }

    @Test
    void shouldEndPathsAndNotNames() {
        assertThat(SocketAddresses.putUnix(memory.address(), "/a")).isEqualTo(5);
        assertThat(hex(5)).isEqualTo("01002f6100");
        assertThat(SocketAddresses.putUnix(memory.address(), "\0a")).isEqualTo(4);
        assertThat(hex(4)).isEqualTo("01000061");
    }

    @Test
    void shouldTakeLongestPathAndNoLonger() {
        String longest = "/" + "x".repeat(107);
        int length = SocketAddresses.putUnix(memory.address(), longest);
        assertThat(length).isEqualTo(110);
        assertThat(SocketAddresses.getUnix(memory.address(), length)).isEqualTo(longest);
        assertThatThrownBy(() -> SocketAddresses.requireUnixPath(longest + "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("109 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void shouldReadSocketWithoutName(int length) {
        memory.fill((byte) -1);
        assertThat(SocketAddresses.getUnix(memory.address(), length)).isEmpty();
    }
}
