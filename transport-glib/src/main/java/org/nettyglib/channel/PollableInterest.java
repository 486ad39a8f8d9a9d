package org.nettyglib.channel;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.nettyglib.ffi.PollableSource;
import org.nettyglib.loop.GLibIoOps;

/** Waits by a source of the stream, which GLib has as long as somebody wants to know. */
final class PollableInterest extends Interest implements PollableSource.Target {
    private final LongSupplier newSource;
    private final long name;
    private final Runnable turn = this::tell;
    private @Nullable PollableSource source;
    private int sourcePriority;

    /** @param name a C string */
    PollableInterest(LoopStay stay, GLibIoOps told, LongSupplier newSource, long name) {
        super(stay, told);
        this.newSource = newSource;
        this.name = name;
    }

    @Override
    public void ready() {
        stay().run(turn);
    }

    @Override
    void update() {
        if (source == null) {
            if (isWanted()) {
                sourcePriority = priority();
                source = new PollableSource(newSource.getAsLong(), name, sourcePriority, stay().contextAddress(), this);
            }
        } else if (!isWanted()) {
            source.destroy();
            source = null;
        } else if (sourcePriority != priority()) {
            sourcePriority = priority();
            source.priority(sourcePriority);
        }
    }
}
