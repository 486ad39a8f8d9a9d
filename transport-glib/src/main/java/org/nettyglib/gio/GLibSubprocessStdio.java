package org.nettyglib.gio;

import io.netty.channel.unix.FileDescriptor;
import io.netty.util.internal.ObjectUtil;
import org.jspecify.annotations.Nullable;

/** What one of a child's three standard streams is. Immutable. */
public final class GLibSubprocessStdio {
    /** A pipe, whose other end is a channel's. */
    public static final GLibSubprocessStdio PIPE = new GLibSubprocessStdio("PIPE", null);

    /** The same as this process's. */
    public static final GLibSubprocessStdio INHERIT = new GLibSubprocessStdio("INHERIT", null);

    /** {@code /dev/null}. */
    public static final GLibSubprocessStdio NULL = new GLibSubprocessStdio("NULL", null);

    /** The same as the child's standard output; for its standard error only. */
    public static final GLibSubprocessStdio STDOUT = new GLibSubprocessStdio("STDOUT", null);

    private final String name;
    private final @Nullable FileDescriptor descriptor;

    private GLibSubprocessStdio(String name, @Nullable FileDescriptor descriptor) {
        this.name = name;
        this.descriptor = descriptor;
    }

    /**
     * An open descriptor, of a file for example. It goes over to the child: it is closed here as soon as a process was started
     * with it, or failed to start. Programs expect descriptors that block.
     *
     * @param descriptor to hand over
     * @return this descriptor as a standard stream, once
     */
    public static GLibSubprocessStdio of(FileDescriptor descriptor) {
        return new GLibSubprocessStdio("descriptor", ObjectUtil.checkNotNull(descriptor, "descriptor"));
    }

    @Nullable FileDescriptor descriptor() {
        return descriptor;
    }

    @Override
    public String toString() {
        return descriptor == null ? name : name + ' ' + descriptor.intValue();
    }
}
