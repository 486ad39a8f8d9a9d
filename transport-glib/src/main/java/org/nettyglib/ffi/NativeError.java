package org.nettyglib.ffi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.invoke.MethodHandle;
import org.gnome.glib.Quark;
import org.javagi.base.GErrorException;

/**
 * A {@code GError} as java-gi's exception, without its ways: it makes the accessors of the structure anew for each error, and takes
 * the message for a format.
 */
final class NativeError extends GErrorException {
    private static final long serialVersionUID = 1;

    // struct _GError { GQuark domain; gint code; gchar *message; } of glib/gerror.h
    private static final int CODE_OFFSET = Integer.BYTES;
    private static final int MESSAGE_OFFSET = 2 * Integer.BYTES;

    private static final MethodHandle ERROR_FREE = LibGlib.GLIB.bindVoid("g_error_free", JAVA_LONG);

    private final String text;

    private NativeError(int domain, int code, String text) {
        super(new Quark(domain), code, text.replace("%", "%%"));
        this.text = text;
    }

    /** Makes an exception of an error, and frees that. */
    static NativeError take(long error) {
        int domain = Memory.getInt(error);
        int code = Memory.getInt(error + CODE_OFFSET);
        long message = Memory.getLong(error + MESSAGE_OFFSET);
        NativeError exception = new NativeError(domain, code, message == 0 ? "" : Memory.getString(message));
        g_error_free(error);
        return exception;
    }

    /** {@return whether an error is of this domain and code} */
    static boolean is(long error, int domain, int code) {
        return Memory.getInt(error) == domain && Memory.getInt(error + CODE_OFFSET) == code;
    }

    static void g_error_free(long error) {
        try {
            ERROR_FREE.invokeExact(error);
        } catch (Throwable t) {
            throw Bindings.unexpected(t);
        }
    }

    @Override
    public String getMessage() {
        return text;
    }
}
