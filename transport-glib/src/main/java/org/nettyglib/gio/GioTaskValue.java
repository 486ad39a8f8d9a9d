package org.nettyglib.gio;

import io.netty.util.ReferenceCountUtil;
import io.netty.util.internal.ObjectUtil;
import org.gnome.gobject.GObject;
import org.javagi.base.GErrorException;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.CStrings;
import org.nettyglib.ffi.ErrorSlot;
import org.nettyglib.ffi.LibGioTask;
import org.nettyglib.ffi.LibGobject;

/**
 * What a task of {@link GioTasks} returns, and as what C sees it. The same value is given to {@link GioTasks#answer} and
 * {@link GioTasks#finish}. Immutable.
 *
 * @param <T> its type in Java
 */
public abstract sealed class GioTaskValue<T> {
    /** Nothing: C sees TRUE by {@code g_task_propagate_boolean}. The future's value is dropped, and released if it is reference-counted. */
    public static final GioTaskValue<Object> NOTHING = new Nothing();

    /** {@code g_task_propagate_boolean}. */
    public static final GioTaskValue<Boolean> BOOLEAN = new Bool();

    /** A {@code gssize}, {@code g_task_propagate_int}. */
    public static final GioTaskValue<Long> INT = new Int();

    /** A {@code char *} in UTF-8 or NULL, {@code g_task_propagate_pointer}; C frees it with {@code g_free}. */
    public static final GioTaskValue<String> STRING = new Text();

    private final String name;

    private GioTaskValue(String name) {
        this.name = name;
    }

    /**
     * A GObject or NULL, {@code g_task_propagate_pointer}; C owns a reference.
     *
     * @param type its class
     * @param <T> its class
     * @return the kind of value
     */
    public static <T extends GObject> GioTaskValue<T> object(Class<T> type) {
        return new Instance<>(ObjectUtil.checkNotNull(type, "type"));
    }

    /**
     * Any object of Java's or null, for callers in Java: C only sees a pointer that is of no use to it. A value that nobody
     * fetched is released when the task is finalised: something reference-counted of Netty's, something
     * {@link AutoCloseable}.
     *
     * @param type its class
     * @param <T> its class
     * @return the kind of value
     */
    public static <T> GioTaskValue<T> java(Class<T> type) {
        return new AnyObject<>(ObjectUtil.checkNotNull(type, "type"));
    }

    /**
     * Returns a value to C.
     *
     * @throws RuntimeException if it is none of this kind; the task has not returned then
     */
    abstract void returnTo(long task, @Nullable Object value);

    /** Takes the value out of a task, whose future had the given one. */
    abstract @Nullable T propagate(long task, @Nullable Object value) throws GErrorException;

    /** Whether C cannot take the value, so that it is to be released if Java did not. */
    boolean isOnlyJavas() {
        return false;
    }

    @Override
    public String toString() {
        return name;
    }

    private static long propagatePointer(long task) throws GErrorException {
        ErrorSlot slot = ErrorSlot.get();
        long pointer = LibGioTask.g_task_propagate_pointer(task, slot.address());
        slot.check();
        return pointer;
    }

    private static boolean propagateBoolean(long task) throws GErrorException {
        ErrorSlot slot = ErrorSlot.get();
        boolean result = LibGioTask.g_task_propagate_boolean(task, slot.address());
        slot.check();
        return result;
    }

    private static <V> V require(Class<V> type, @Nullable Object value) {
        if (value == null) {
            throw new NullPointerException(
                    "the future's value is null, but the task returns a " + type.getSimpleName());
        }
        return type.cast(value);
    }

    private static final class Nothing extends GioTaskValue<Object> {
        Nothing() {
            super("NOTHING");
        }

        @Override
        void returnTo(long task, @Nullable Object value) {
            ReferenceCountUtil.safeRelease(value);
            LibGioTask.g_task_return_boolean(task, true);
        }

        @Override
        @Nullable Object propagate(long task, @Nullable Object value) throws GErrorException {
            propagateBoolean(task);
            return null;
        }
    }

    private static final class Bool extends GioTaskValue<Boolean> {
        Bool() {
            super("BOOLEAN");
        }

        @Override
        void returnTo(long task, @Nullable Object value) {
            LibGioTask.g_task_return_boolean(task, require(Boolean.class, value));
        }

        @Override
        Boolean propagate(long task, @Nullable Object value) throws GErrorException {
            return propagateBoolean(task);
        }
    }

    private static final class Int extends GioTaskValue<Long> {
        Int() {
            super("INT");
        }

        @Override
        void returnTo(long task, @Nullable Object value) {
            LibGioTask.g_task_return_int(task, require(Long.class, value));
        }

        @Override
        Long propagate(long task, @Nullable Object value) throws GErrorException {
            ErrorSlot slot = ErrorSlot.get();
            long result = LibGioTask.g_task_propagate_int(task, slot.address());
            slot.check();
            return result;
        }
    }

    private static final class Text extends GioTaskValue<String> {
        Text() {
            super("STRING");
        }

        @Override
        void returnTo(long task, @Nullable Object value) {
            long text = value == null ? 0 : LibGioTask.g_strdup((String) value);
            LibGioTask.g_task_return_pointer(task, text, LibGioTask.G_FREE);
        }

        @Override
        @Nullable String propagate(long task, @Nullable Object value) throws GErrorException {
            return CStrings.take(propagatePointer(task));
        }
    }

    private static final class Instance<T extends GObject> extends GioTaskValue<T> {
        private final Class<T> type;

        Instance(Class<T> type) {
            super("object of " + type.getName());
            this.type = type;
        }

        @Override
        void returnTo(long task, @Nullable Object value) {
            T object = type.cast(value);
            long address =
                    object == null ? 0 : LibGobject.g_object_ref(object.handle().address());
            LibGioTask.g_task_return_pointer(task, address, LibGioTask.G_OBJECT_UNREF);
        }

        @Override
        @Nullable T propagate(long task, @Nullable Object value) throws GErrorException {
            long address = propagatePointer(task);
            if (address != 0) {
                LibGobject.g_object_unref(address);
            }
            // Java's object has a reference of its own.
            return type.cast(value);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Instance<?> same && same.type == type;
        }

        @Override
        public int hashCode() {
            return type.hashCode();
        }
    }

    private static final class AnyObject<T> extends GioTaskValue<T> {
        /** Not NULL, which some C code takes for a failure. */
        private static final long POINTER = 1;

        private final Class<T> type;

        AnyObject(Class<T> type) {
            super("Java object of " + type.getName());
            this.type = type;
        }

        @Override
        void returnTo(long task, @Nullable Object value) {
            T object = type.cast(value);
            LibGioTask.g_task_return_pointer(task, object == null ? 0 : POINTER, 0);
        }

        @Override
        @Nullable T propagate(long task, @Nullable Object value) throws GErrorException {
            propagatePointer(task);
            return type.cast(value);
        }

        @Override
        boolean isOnlyJavas() {
            return true;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof AnyObject<?> same && same.type == type;
        }

        @Override
        public int hashCode() {
            return type.hashCode();
        }
    }
}
