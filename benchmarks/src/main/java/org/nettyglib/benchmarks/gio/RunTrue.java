package org.nettyglib.benchmarks.gio;

import io.netty.channel.EventLoop;
import org.nettyglib.gio.GLibSubprocess;
import org.nettyglib.gio.GLibSubprocessStdio;

/** Starts a program that does nothing, without pipes, and waits until it has ended well. */
record RunTrue(EventLoop loop) implements Operation {

    /** A path, so that nobody pays for a search. */
    private static final String PROGRAM = "/bin/true";

    /** The streams are those that GSubprocess takes by default. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the listeners see it
    public void begin(int slot, Flight flight) {
        GLibSubprocess.builder(PROGRAM)
                .stdin(GLibSubprocessStdio.NULL)
                .stdout(GLibSubprocessStdio.INHERIT)
                .start(loop)
                .addListener(flight.orFail((GLibSubprocess process) -> awaitEnd(process, slot, flight)));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the listener sees it
    static void awaitEnd(GLibSubprocess process, int slot, Flight flight) {
        process.exit().addListener(flight.orFail(status -> {
            Operation.require(status.isSuccess(), status.toString());
            flight.ended(slot);
        }));
    }
}
