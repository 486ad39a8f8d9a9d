package org.nettyglib.gio;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was said of a process to be started.
 *
 * @param arguments the program and its arguments
 * @param inheritsEnvironment whether the variables of this process are the child's, too
 * @param environment further variables, and those to be removed
 * @param options of both channels
 */
record SubprocessPlan(
        List<String> arguments,
        boolean inheritsEnvironment,
        Map<String, Optional<String>> environment,
        @Nullable String directory,
        GLibSubprocessStdio stdin,
        GLibSubprocessStdio stdout,
        GLibSubprocessStdio stderr,
        ChannelHandler handler,
        ChannelHandler errorHandler,
        Map<ChannelOption<?>, Object> options,
        boolean killOnClose) {

    /** What was handed over is the child's alone, if there is one. */
    void closeDescriptors() throws IOException {
        for (GLibSubprocessStdio stream : List.of(stdin, stdout, stderr)) {
            FileDescriptor descriptor = stream.descriptor();
            if (descriptor != null) {
                descriptor.close();
            }
        }
    }
}
