package org.nettyglib.ffi;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.Socket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nettyglib.loop.GLibTransport;

class MessageBatchTest {
    private static final int EAGAIN = 11;
    private static final int EMSGSIZE = 90;
    private static final int EBADF = 9;

    static {
        GLibTransport.ensureAvailability();
    }

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(1 << 17, Long.BYTES);
    private final Socket sender = LinuxSocket.newSocketDgram(false);
    private final Socket receiver = LinuxSocket.newSocketDgram(false);

    @BeforeEach
    void bind() throws Exception {
        receiver.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        sender.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws Exception {
        sender.close();
        receiver.close();
        arena.close();
    }

    private void add(MessageBatch batch, int... lengths) {
        int index = batch.addMessage();
        InetSocketAddress to = receiver.localAddress();
        batch.addressed(SocketAddresses.putInet(batch.name(index), to.getAddress(), to.getPort(), false));
        for (int length : lengths) {
            batch.addBuffer(memory.address(), length);
        }
    }

    @Test
    void shouldSendAndReceiveManyWithOneCallEach() {
        memory.set(ValueLayout.JAVA_INT, 0, 0x04030201);
        MessageBatch batch = MessageBatch.empty();
        add(batch, 1);
        add(batch, 1, 2, 3);
        add(batch);
        add(batch, 4);
        assertThat(batch.count()).isEqualTo(4);
        assertThat(batch.send(sender.intValue())).isEqualTo(4);

        MessageBatch again = MessageBatch.empty();
        assertThat(again).isSameAs(batch);
        long room = memory.address() + 1024;
        for (int i = 0; i < 8; i++) {
            batch.addRoom(room + i * 64L, i == 3 ? 2 : 64, true);
        }
        assertThat(batch.receive(receiver.intValue())).isEqualTo(4);
        assertThat(new int[] {batch.length(0), batch.length(1), batch.length(2), batch.length(3)})
                .containsExactly(1, 6, 0, 4);
        assertThat(batch.isTruncated(1)).isFalse();
        assertThat(batch.isTruncated(3)).isTrue();
        assertThat(memory.asSlice(1024 + 64, 6).toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 1, 2, 1, 2, 3);
        for (int i = 0; i < 4; i++) {
            assertThat(SocketAddresses.getInet(batch.name(i))).isEqualTo(sender.localAddress());
            assertThat(batch.nameLength(i)).isEqualTo(16);
            assertThat(batch.segmentSize(i)).isZero();
            assertThat(batch.originalDestination(i)).isZero();
        }
    }

    @Test
    void shouldTellErrors() throws Exception {
        MessageBatch batch = MessageBatch.empty();
        batch.addRoom(memory.address(), 10, false);
        assertThat(batch.receive(receiver.intValue())).isEqualTo(-EAGAIN);

        MessageBatch.empty();
        add(batch, 10);
        add(batch, 70_000);
        assertThat(batch.send(sender.intValue())).isOne();
        MessageBatch.empty();
        add(batch, 70_000);
        assertThat(batch.send(sender.intValue())).isEqualTo(-EMSGSIZE);

        int closed = sender.intValue();
        sender.close();
        assertThat(batch.send(closed)).isEqualTo(-EBADF);
    }

    @Test
    void shouldTellWhenItIsFull() {
        MessageBatch batch = MessageBatch.empty();
        assertThat(batch.hasRoom(1024)).isTrue();
        assertThat(batch.hasRoom(1025)).isFalse();
        batch.addMessage();
        for (int i = 0; i < 1000; i++) {
            batch.addBuffer(memory.address(), 1);
        }
        assertThat(batch.hasRoom(24)).isTrue();
        assertThat(batch.hasRoom(25)).isFalse();
        for (int i = 1; i < MessageBatch.CAPACITY; i++) {
            assertThat(batch.hasRoom(0)).isTrue();
            batch.addMessage();
        }
        assertThat(batch.hasRoom(0)).isFalse();
        assertThat(MessageBatch.empty().hasRoom(1024)).isTrue();
    }

    @Test
    void shouldSendSegmentsAndReceiveThemJoined() throws Exception {
        receiver.setIntOpt(ControlMessages.UDP, ControlMessages.UDP_GRO, 1);
        receiver.setIntOpt(ControlMessages.IP, ControlMessages.IP_ORIGDSTADDR, 1);
        MessageBatch batch = MessageBatch.empty();
        add(batch, 1050);
        batch.segment(100);
        assertThat(batch.send(sender.intValue())).isOne();

        MessageBatch.empty();
        batch.addRoom(memory.address(), 4096, true);
        assertThat(batch.receive(receiver.intValue())).isOne();
        assertThat(batch.length(0)).isEqualTo(1050);
        assertThat(batch.segmentSize(0)).isEqualTo(100);
        assertThat(SocketAddresses.getInet(batch.originalDestination(0))).isEqualTo(receiver.localAddress());
    }
}
