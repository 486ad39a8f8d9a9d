package org.nettyglib.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nettyglib.loop.GLibBackend;
import org.nettyglib.loop.GLibEventLoopGroup;

/** The names of Unix domain sockets: paths, abstract names, and none. */
class DomainAddressTest {
    /** {@code sys/un.h}: the room for a path, and for the zero byte at its end. */
    private static final int MAX_PATH = 107;

    private static final DomainSocketAddress NONE = new DomainSocketAddress("");

    @RegisterExtension
    final ChannelFixture loops = new ChannelFixture();

    private final Recorder child = new Recorder();
    private final Recorder events = new Recorder();
    private final Path directory;

    DomainAddressTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private DomainSocketAddress path(String name) {
        return new DomainSocketAddress(directory.resolve(name).toFile());
    }

    private Path pathOfLength(int length) {
        return directory.resolve("x".repeat(length - directory.toString().length() - 1));
    }

    private Channel bind(SocketAddress address) throws InterruptedException {
        return ChannelFixture.channel(loops.server(StreamKind.UNIX, child).bind(address));
    }

    private Channel connect(SocketAddress address) throws InterruptedException {
        return ChannelFixture.channel(loops.client(StreamKind.UNIX, events).connect(address));
    }

    private static Stream<String> abstractNames() {
        String unique = '\0' + UUID.randomUUID().toString();
        return Stream.of("", "nämlich", "a\0b\0", "n".repeat(MAX_PATH - unique.length()))
                .map(unique::concat);
    }

    @ParameterizedTest
    @ValueSource(strings = {"socket", "a socket", "a.b"})
    void shouldServeAtPath(String name) throws Exception {
        DomainSocketAddress address = path(name);
        Channel server = bind(address);
        assertThat((Object) server.localAddress()).isEqualTo(address);
        assertThat((Object) server.remoteAddress()).isNull();
        assertThat(directory.resolve(name)).exists();

        assertTalk(server, connect(address));
    }

    @ParameterizedTest
    @MethodSource("abstractNames")
    void shouldServeAtAbstractName(String name) throws Exception {
        DomainSocketAddress address = new DomainSocketAddress(name);
        Channel server = bind(address);
        assertThat((Object) server.localAddress()).isEqualTo(address);

        assertTalk(server, connect(address));
        assertThat(Files.list(directory)).isEmpty();
    }

    /** The kernel chooses an abstract name. */
    @Test
    void shouldServeAtNameThatKernelChooses() throws Exception {
        Channel server = bind(NONE);
        assertThat(((DomainSocketAddress) server.localAddress()).path()).matches("\0[0-9a-f]{5}");

        assertTalk(server, connect(server.localAddress()));
    }

    private void assertTalk(Channel server, Channel client) throws InterruptedException {
        child.await(Event.ACTIVE);
        Channel accepted = child.channel();
        assertThat((Object) client.remoteAddress()).isEqualTo(server.localAddress());
        assertThat((Object) client.localAddress()).isEqualTo(NONE);
        assertThat((Object) accepted.localAddress()).isEqualTo(server.localAddress());
        assertThat((Object) accepted.remoteAddress()).isEqualTo(NONE);
        assertThat(accepted.parent()).isSameAs(server);

        Await.success(client.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(100))));
        child.awaitBytes(100);
        Await.success(accepted.writeAndFlush(Unpooled.wrappedBuffer(Payload.bytes(200))));
        events.awaitBytes(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "\0"})
    void shouldConnectFromOwnName(String name) throws Exception {
        boolean named = !name.startsWith("\0");
        DomainSocketAddress from = named ? path(name) : new DomainSocketAddress(name + UUID.randomUUID());
        Channel server = bind(path("server"));
        Channel client =
                ChannelFixture.channel(loops.client(StreamKind.UNIX, events).connect(server.localAddress(), from));

        child.await(Event.ACTIVE);
        assertThat((Object) client.localAddress()).isEqualTo(from);
        assertThat((Object) child.channel().remoteAddress()).isEqualTo(from);
    }

    @Test
    void shouldKnowBoundAddressBeforeConnect() throws Exception {
        Channel server = bind(path("server"));
        Channel client =
                ChannelFixture.channel(loops.client(StreamKind.UNIX, events).register());
        assertThat((Object) client.localAddress()).isNull();
        Await.success(client.bind(NONE));
        DomainSocketAddress bound = (DomainSocketAddress) client.localAddress();
        assertThat(bound.path()).startsWith("\0").hasSize(6);
        assertThat(client.isActive()).isFalse();
        loops.assertIdle();

        Await.success(client.connect(server.localAddress()));

        child.await(Event.ACTIVE);
        assertThat((Object) client.localAddress()).isEqualTo(bound);
        assertThat((Object) child.channel().remoteAddress()).isEqualTo(bound);
    }

    @Test
    void shouldServeAtLongestPath() throws Exception {
        DomainSocketAddress longest =
                new DomainSocketAddress(pathOfLength(MAX_PATH).toFile());
        Channel server = bind(longest);
        assertTalk(server, connect(longest));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldSayThatPathIsTooLong(boolean file) throws Exception {
        DomainSocketAddress tooLong = new DomainSocketAddress(
                file ? pathOfLength(MAX_PATH + 10).toString() : '\0' + "x".repeat(MAX_PATH + 10));

        assertThat(Await.failure(loops.server(StreamKind.UNIX, child).bind(tooLong)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("File name too long");
        assertThat(Await.failure(loops.client(StreamKind.UNIX, events).connect(tooLong)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("File name too long")
                .hasMessageContaining(tooLong.path());
        events.assertClosedOnce();
        loops.assertNoChannelLeft();
    }

    @Test
    void shouldSayThatDirectoryIsMissing() throws Exception {
        DomainSocketAddress nowhere = path("missing/socket");
        assertThat(Await.failure(loops.server(StreamKind.UNIX, child).bind(nowhere)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("No such file or directory");
        assertThat(Await.failure(loops.client(StreamKind.UNIX, events).connect(nowhere)))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("No such file or directory")
                .hasMessageContaining(nowhere.path());
        loops.assertNoChannelLeft();
    }

    @Test
    void shouldSayThatAbstractNameIsTaken() throws Exception {
        Channel server = bind(NONE);
        assertThat(Await.failure(loops.server(StreamKind.UNIX, child).bind(server.localAddress())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Address already in use");
        assertTalk(server, connect(server.localAddress()));
    }

    @Test
    void shouldSayThatAddressIsOfOtherFamily() throws Exception {
        DomainSocketAddress path = path("socket");
        InetSocketAddress port = ChannelFixture.ANY_PORT;
        assertThat(Await.failure(loops.server(StreamKind.UNIX, child).bind(port)))
                .isInstanceOf(IOException.class);
        assertThat(Await.failure(loops.server(child).bind(path))).isInstanceOf(IOException.class);
        assertThat(Await.failure(loops.client(StreamKind.UNIX, events).connect(port)))
                .isInstanceOf(IOException.class);
        assertThat(Await.failure(loops.client(new Recorder()).connect(path))).isInstanceOf(IOException.class);
        loops.assertNoChannelLeft();
        assertThat(Files.list(directory)).isEmpty();
    }

    // The server's file

    @Test
    void shouldDeleteFileWithServer() throws Exception {
        Channel server = bind(path("socket"));
        Await.success(server.close());
        assertThat(Files.list(directory)).isEmpty();
        assertThat((Object) server.localAddress()).isEqualTo(path("socket"));

        // The path is free again.
        Channel next = bind(path("socket"));
        assertTalk(next, connect(path("socket")));
    }

    @Test
    void shouldDeleteFileWhenLoopShutsDown() throws Exception {
        GLibEventLoopGroup group = loops.newGroup(GLibBackend.fromProperty());
        ChannelFixture.channel(new ServerBootstrap()
                .group(group)
                .channel(GLibServerDomainSocketChannel.class)
                .childHandler(child)
                .bind(path("socket")));
        assertThat(directory.resolve("socket")).exists();
        Await.success(group.shutdownGracefully(0, Await.SECONDS, TimeUnit.SECONDS));
        assertThat(Files.list(directory)).isEmpty();
    }

    /** As Netty's epoll transport has it: who starts again after a crash finds the file of before. */
    @Test
    void shouldReplaceSocketThatIsThere() throws Exception {
        Recorder oldChild = new Recorder();
        Channel old =
                ChannelFixture.channel(loops.server(StreamKind.UNIX, oldChild).bind(path("socket")));
        Channel server = bind(path("socket"));

        assertTalk(server, connect(path("socket")));
        assertThat(oldChild.events()).isEmpty();

        // The file is the new server's now.
        Await.success(old.close());
        assertThat(directory.resolve("socket")).exists();
        Await.success(server.close());
        assertThat(Files.list(directory)).isEmpty();
    }

    @Test
    void shouldNotReplaceFileThatIsNoSocket() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "precious");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        Path fifo = directory.resolve("fifo");
        Program.makeFifo(fifo);
        for (Path taken : List.of(file, link, fifo, directory)) {
            DomainSocketAddress address = new DomainSocketAddress(taken.toFile());
            assertThat(Await.failure(loops.server(StreamKind.UNIX, child).bind(address)))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("Address already in use")
                    .hasMessageContaining(taken.toString());
            Channel client = ChannelFixture.channel(
                    loops.client(StreamKind.UNIX, new Recorder()).register());
            assertThat(Await.failure(client.bind(address))).isInstanceOf(BindException.class);
        }
        assertThat(file).hasContent("precious");
        assertThat(Files.list(directory)).containsExactlyInAnyOrder(file, link, fifo);
    }

    @Test
    void shouldNotDeleteFileThatTookThePlace() throws Exception {
        Channel server = bind(path("socket"));
        Files.delete(directory.resolve("socket"));
        Files.writeString(directory.resolve("socket"), "precious");

        Await.success(server.close());

        assertThat(directory.resolve("socket")).hasContent("precious");
    }

    @Test
    void shouldCloseWhenFileIsGone() throws Exception {
        ServerChannel server = (ServerChannel) bind(path("socket"));
        Files.delete(directory.resolve("socket"));
        Await.success(server.close());
        loops.assertNoChannelLeft();
    }

    /** The client's own file stays, as with bind(2). */
    @Test
    void shouldKeepFileOfClient() throws Exception {
        Channel server = bind(path("server"));
        Channel client = ChannelFixture.channel(
                loops.client(StreamKind.UNIX, events).connect(server.localAddress(), path("client")));
        Await.success(client.close());
        Await.success(server.close());
        assertThat(Files.list(directory)).containsExactly(directory.resolve("client"));
    }

    // Who is there

    @Test
    void shouldTellBothSidesWhoThePeerIs() throws Exception {
        Channel server = bind(path("socket"));
        GLibDomainSocketChannel client = (GLibDomainSocketChannel) connect(path("socket"));
        child.await(Event.ACTIVE);
        GLibDomainSocketChannel accepted = (GLibDomainSocketChannel) child.channel();
        int uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        int gid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:gid");
        GLibPeerCredentials self =
                new GLibPeerCredentials(Math.toIntExact(ProcessHandle.current().pid()), uid, gid);

        assertThat(client.peerCredentials()).isEqualTo(self);
        assertThat(accepted.peerCredentials()).isEqualTo(self);

        Await.success(((Channel) client).close());
        Await.success(server.close());
        assertThatThrownBy(client::peerCredentials).isInstanceOf(IOException.class);
    }
}
