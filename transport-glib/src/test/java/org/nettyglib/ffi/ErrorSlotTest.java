package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.lang.invoke.MethodHandle;
import org.javagi.base.GErrorException;
import org.junit.jupiter.api.Test;

class ErrorSlotTest {
    private static final MethodHandle SET_ERROR =
            LibGlib.GLIB.bindVoid("g_set_error_literal", JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final long INNER = Memory.immortalString("100%s%n% inner");
    private static final long OUTER = Memory.immortalString("outer");

    /** As a C function does that fails. */
    private static void fail(long address, long message) {
        try {
            SET_ERROR.invokeExact(address, LibGio.G_IO_ERROR, LibGio.G_IO_ERROR_CANCELLED, message);
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static void assertFails(ErrorSlot slot, String message) {
        assertThat(slot.isSet()).isTrue();
        assertThatExceptionOfType(GErrorException.class)
                .isThrownBy(slot::check)
                .withMessage(message)
                .matches(LibGio::isCancelled);
    }

    @Test
    void shouldBeEmptyAfterItsErrorWasTaken() {
        ErrorSlot slot = ErrorSlot.get();
        long address = slot.address();
        assertThat(slot.isSet()).isFalse();
        fail(address, INNER);
        assertFails(slot, "100%s%n% inner");
        assertThat(slot.isSet()).isFalse();
        assertThat(Memory.getLong(address)).as("what C finds there").isZero();
        assertThatNoException().isThrownBy(slot::check);
    }

    /** A function of C calls one of Java, which uses the slot itself. */
    @Test
    void shouldBeUsedInsideACallThatUsesIt() {
        ErrorSlot outer = ErrorSlot.get();
        long address = outer.address();

        ErrorSlot inner = ErrorSlot.get();
        fail(inner.address(), INNER);
        assertFails(inner, "100%s%n% inner");

        assertThatNoException().isThrownBy(outer::check);
        fail(address, OUTER);
        assertFails(outer, "outer");
    }
}
