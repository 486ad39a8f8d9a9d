package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nettyglib.ffi.LibGobject;

class SpareCancellablesTest {
    private final SpareCancellables spares = new SpareCancellables();

    @BeforeEach
    void open() {
        spares.open();
    }

    @AfterEach
    void close() {
        spares.close();
    }

    @Test
    void shouldUseOneAgain() {
        long first = spares.take();
        spares.give(first);
        assertThat(spares.take()).isEqualTo(first);
        LibGobject.g_object_unref(first);
    }

    @Test
    void shouldNotUseOneThatSomebodyElseHas() {
        long known = LibGobject.g_object_ref(spares.take());
        spares.give(known);
        long other = spares.take();
        assertThat(other).isNotEqualTo(known);
        LibGobject.g_object_unref(known);
        assertThat(spares.take()).isEqualTo(known);
        LibGobject.g_object_unref(known);
        LibGobject.g_object_unref(other);
    }

    @Test
    void shouldUseTheOldestFirst() {
        long first = spares.take();
        long second = spares.take();
        spares.give(first);
        spares.give(second);
        assertThat(spares.take()).isEqualTo(first);
        assertThat(spares.take()).isEqualTo(second);
        spares.give(first);
        spares.give(second);
    }

    @Test
    void shouldKeepSoManyAndNoMore() {
        long[] taken = new long[100];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = LibGobject.g_object_ref(spares.take());
        }
        for (long cancellable : taken) {
            spares.give(cancellable);
        }
        int kept = 0;
        for (long cancellable : taken) {
            kept += LibGobject.refCount(cancellable) - 1;
        }
        assertThat(kept).isEqualTo(64);
        spares.close();
        for (long cancellable : taken) {
            assertThat(LibGobject.refCount(cancellable)).isEqualTo(1);
            LibGobject.g_object_unref(cancellable);
        }
    }

    @Test
    void shouldKeepNoneWhileItIsClosed() {
        spares.close();
        long cancellable = LibGobject.g_object_ref(spares.take());
        spares.give(cancellable);
        assertThat(LibGobject.refCount(cancellable)).isEqualTo(1);
        LibGobject.g_object_unref(cancellable);
    }
}
