package org.nettyglib.testsuite.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nettyglib.channel.GLibServerDomainSocketChannel;
import org.nettyglib.loop.GLibEventLoopGroup;
import org.nettyglib.testsuite.DomainAddresses;

/** What a server does with its address. */
class GLibDomainAddressTest {

    /** sun_path of unix(7), with the zero at its end. */
    private static final int LONGEST_PATH = 108;

    private EventLoopGroup group;

    @BeforeEach
    void startLoop() {
        group = new GLibEventLoopGroup(1);
    }

    @AfterEach
    void stopLoop() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void shouldRefusePathThatIsTooLong() {
        DomainSocketAddress address = new DomainSocketAddress("/tmp/" + "x".repeat(LONGEST_PATH));
        assertThatThrownBy(() -> bind(address))
                .isInstanceOf(NativeIoException.class)
                .hasMessageContaining("too long");
    }

    /** As on Netty's epoll transport: a server that was killed leaves its path behind, as the JDK's always does. */
    @Test
    void shouldTakeOverPathOfServerThatIsGone() throws IOException {
        DomainSocketAddress address = DomainAddresses.newPath();
        try (ServerSocketChannel gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            gone.bind(UnixDomainSocketAddress.of(address.path()));
        }
        assertThat(Path.of(address.path())).exists();

        Channel server = bind(address);
        assertThat(server.isActive()).isTrue();
        server.close().syncUninterruptibly();
    }

    /** Unlike on Netty's epoll transport, which removes it. */
    @Test
    void shouldNotTakePathOfAnythingElse() throws IOException {
        DomainSocketAddress address = DomainAddresses.newPath();
        Path file = Files.createFile(Path.of(address.path()));

        assertThatThrownBy(() -> bind(address)).isInstanceOf(BindException.class);

        assertThat(file).exists();
        Files.delete(file);
    }

    @Test
    void shouldRemovePathWhenItCloses() {
        DomainSocketAddress address = DomainAddresses.newPath();
        Channel server = bind(address);
        assertThat(server.localAddress()).isEqualTo(address);
        assertThat(Path.of(address.path())).exists();

        server.close().syncUninterruptibly();

        assertThat(Path.of(address.path())).doesNotExist();
    }

    /** The name is no path, although it looks like one: nothing is made in the file system, and nothing removed. */
    @Test
    void shouldLeaveFileSystemAloneWithAbstractName() throws IOException {
        Path file = Path.of(DomainAddresses.newPath().path());
        Files.createFile(file);
        DomainSocketAddress address = new DomainSocketAddress("\0" + file);

        Channel server = bind(address);
        assertThat(server.localAddress()).isEqualTo(address);
        server.close().syncUninterruptibly();

        assertThat(file).exists();
        Files.delete(file);
    }

    private Channel bind(DomainSocketAddress address) {
        return new ServerBootstrap()
                .group(group)
                .channel(GLibServerDomainSocketChannel.class)
                .childHandler(new ChannelInboundHandlerAdapter())
                .bind(address)
                .syncUninterruptibly()
                .channel();
    }
}
