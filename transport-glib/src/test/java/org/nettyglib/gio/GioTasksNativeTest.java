package org.nettyglib.gio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.ConnectException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.gnome.gio.Cancellable;
import org.gnome.gio.File;
import org.gnome.gio.IOErrorEnum;
import org.gnome.gobject.GObject;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.nettyglib.ffi.CStrings;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGioTask;
import org.nettyglib.ffi.LibGobject;
import org.nettyglib.ffi.Memory;
import org.nettyglib.loop.GLibTransport;
import org.nettyglib.loop.LoopFixture;
import org.nettyglib.loop.LoopKind;

/** Futures as tasks for callers in C: by function pointers, and with the functions of GTask alone. */
@ParameterizedClass
@EnumSource
class GioTasksNativeTest {
    /** Where {@code ref_count} stands in {@code struct GObject}, gobject.h. */
    private static final int REF_COUNT = 8;

    private static final MemorySegment CALLBACK = callback();
    private static final BlockingQueue<Call> CALLS = new LinkedBlockingQueue<>();

    private final LoopFixture fixture;

    /** What a callback was called with; the result has a reference. */
    private record Call(long source, long result, long userData, Thread thread) {
        private static Call next() throws InterruptedException {
            Call call = CALLS.poll(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertThat(call).as("a call of the callback").isNotNull();
            return call;
        }
    }

    GioTasksNativeTest(LoopKind kind) {
        fixture = kind.open();
    }

    @BeforeAll
    static void initialize() {
        GLibTransport.initJavaGi();
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        fixture.close();
        assertThat(CALLS).isEmpty();
        LiveTasks.awaitNone();
    }

    @SuppressWarnings("restricted")
    private static MemorySegment callback() {
        MethodType type = MethodType.methodType(void.class, long.class, long.class, long.class);
        try {
            return Linker.nativeLinker()
                    .upcallStub(
                            MethodHandles.lookup().findStatic(GioTasksNativeTest.class, "called", type),
                            FunctionDescriptor.ofVoid(
                                    ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                            Arena.global());
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // the target of CALLBACK
    private static void called(long source, long result, long userData) {
        LibGobject.g_object_ref(result);
        CALLS.add(new Call(source, result, userData, Thread.currentThread()));
    }

    private <T> void answer(
            @Nullable GObject source, @Nullable Cancellable cancellable, GioTaskValue<T> value, Future<T> future) {
        GioTasks.answer(
                fixture.loop(),
                GioTaskCaller.ofNative(
                        pointer(source), pointer(cancellable), CALLBACK, MemorySegment.ofAddress(0xCAFE)),
                value,
                future);
    }

    private static MemorySegment pointer(@Nullable GObject object) {
        return object == null ? MemorySegment.NULL : object.handle();
    }

    private <T> long returned(GioTaskValue<T> value, T result) throws InterruptedException {
        answer(null, null, value, fixture.loop().newSucceededFuture(result));
        return Call.next().result();
    }

    @Test
    void shouldCallBackWithSourceAndUserDataOnTheLoop() throws Exception {
        File source = File.newForPath("/tmp");
        answer((GObject) source, null, GioTaskValue.BOOLEAN, fixture.loop().newSucceededFuture(true));

        Call call = Call.next();

        assertThat(call.source()).isEqualTo(source.handle().address());
        assertThat(call.userData()).isEqualTo(0xCAFE);
        assertThat(call.thread()).isSameAs(fixture.call(Thread::currentThread));
        LibGobject.g_object_unref(call.result());
    }

    @Test
    void shouldReturnEachKindOfValueToC() throws Exception {
        ErrorSlot slot = ErrorSlot.get();

        long nothing = returned(GioTaskValue.NOTHING, "dropped");
        assertThat(LibGioTask.g_task_propagate_boolean(nothing, slot.address())).isTrue();
        LibGobject.g_object_unref(nothing);

        long bool = returned(GioTaskValue.BOOLEAN, true);
        assertThat(LibGioTask.g_task_propagate_boolean(bool, slot.address())).isTrue();
        LibGobject.g_object_unref(bool);

        long number = returned(GioTaskValue.INT, 1L << 40);
        assertThat(LibGioTask.g_task_propagate_int(number, slot.address())).isEqualTo(1L << 40);
        LibGobject.g_object_unref(number);

        long text = returned(GioTaskValue.STRING, "grüße %d");
        assertThat(CStrings.take(LibGioTask.g_task_propagate_pointer(text, slot.address())))
                .isEqualTo("grüße %d");
        LibGobject.g_object_unref(text);

        assertThat(slot.isSet()).isFalse();
    }

    @Test
    void shouldGiveCAReferenceToAnObject() throws Exception {
        File file = File.newForPath("/tmp");
        long address = file.handle().address();
        int before = Memory.getInt(address + REF_COUNT);

        long result = returned(GioTaskValue.object(GObject.class), (GObject) file);
        long taken = LibGioTask.g_task_propagate_pointer(result, ErrorSlot.get().address());
        LibGobject.g_object_unref(result);

        assertThat(taken).isEqualTo(address);
        assertThat(Memory.getInt(address + REF_COUNT)).isEqualTo(before + 1);
        LibGobject.g_object_unref(taken);
        assertThat(Memory.getInt(address + REF_COUNT)).isEqualTo(before);
    }

    @Test
    void shouldDropWhatCDoesNotTake() throws Exception {
        File file = File.newForPath("/tmp");
        long address = file.handle().address();
        int before = Memory.getInt(address + REF_COUNT);

        LibGobject.g_object_unref(returned(GioTaskValue.object(GObject.class), (GObject) file));
        LibGobject.g_object_unref(returned(GioTaskValue.STRING, "freed with the task"));

        assertThat(Memory.getInt(address + REF_COUNT)).isEqualTo(before);
    }

    @Test
    void shouldReturnAnErrorToC() throws Exception {
        answer(
                null,
                null,
                GioTaskValue.INT,
                fixture.loop().newFailedFuture(new ConnectException("100 % refused: %s%s%s%n")));
        long result = Call.next().result();
        ErrorSlot slot = ErrorSlot.get();

        assertThat(LibGioTask.g_task_propagate_int(result, slot.address())).isEqualTo(-1);

        GErrorException error = new ErrorOf(slot).get();
        assertThat(error.getCode()).isEqualTo(IOErrorEnum.CONNECTION_REFUSED.getValue());
        assertThat(error).hasMessage("100 % refused: %s%s%s%n");
        LibGobject.g_object_unref(result);
    }

    @Test
    void shouldBeCancelledByC() throws Exception {
        Promise<Long> promise = fixture.loop().newPromise();
        Cancellable cancellable = new Cancellable();
        answer(null, cancellable, GioTaskValue.INT, promise);
        fixture.run(() -> {});

        cancellable.cancel();

        long result = Call.next().result();
        assertThat(promise.isCancelled()).isTrue();
        ErrorSlot slot = ErrorSlot.get();
        LibGioTask.g_task_propagate_int(result, slot.address());
        assertThat(new ErrorOf(slot).get().getCode()).isEqualTo(IOErrorEnum.CANCELLED.getValue());
        LibGobject.g_object_unref(result);
    }

    @Test
    void shouldNeedNoCallback() throws Exception {
        GioTasks.answer(
                fixture.loop(),
                GioTaskCaller.ofNative(MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL),
                GioTaskValue.INT,
                fixture.loop().newSucceededFuture(1L));

        LiveTasks.awaitNone();
    }

    /** The caller of an async function may drop its references as soon as it has returned. */
    @Test
    void shouldHoldSourceAndCancellableUntilTheEnd() throws Exception {
        File source = File.newForPath("/tmp");
        Cancellable cancellable = new Cancellable();
        long[] objects = {source.handle().address(), cancellable.handle().address()};
        int[] before = {Memory.getInt(objects[0] + REF_COUNT), Memory.getInt(objects[1] + REF_COUNT)};
        Promise<Long> promise = fixture.loop().newPromise();

        answer((GObject) source, cancellable, GioTaskValue.INT, promise);
        assertThat(Memory.getInt(objects[0] + REF_COUNT)).isGreaterThan(before[0]);
        assertThat(Memory.getInt(objects[1] + REF_COUNT)).isGreaterThan(before[1]);
        promise.setSuccess(1L);
        LibGobject.g_object_unref(Call.next().result());

        LiveTasks.awaitNone();
        assertThat(Memory.getInt(objects[0] + REF_COUNT)).isEqualTo(before[0]);
        assertThat(Memory.getInt(objects[1] + REF_COUNT)).isEqualTo(before[1]);
    }

    /** The error in a slot, which has to be there. */
    private record ErrorOf(ErrorSlot slot) {
        GErrorException get() {
            try {
                slot.check();
            } catch (GErrorException e) {
                return e;
            }
            throw new AssertionError("there has to be an error");
        }
    }
}
