package org.nettyglib.loop;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The work of a loop that is attached to a context of somebody else: as its own, and the shutdown, for which other loops
 * have a thread.
 */
final class AttachedWork extends EventLoopWork {
    /** For how long a turn of the shutdown may keep a user interface waiting. */
    private static final long MAX_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    private final Attachment attachment;
    private final Owner owner;
    private final Consumer<Runnable> asExecutor = super::dispatch;

    AttachedWork(GLibEventLoop loop, ActiveTime activeTime, Attachment attachment) {
        super(loop, activeTime);
        this.attachment = attachment;
        owner = attachment.owner();
    }

    @Override
    public void iterating() {
        owner.iterates();
    }

    @Override
    public boolean hasTasks(boolean foreign) {
        // A wrong thread gets its turn, and is refused in it.
        return isWrongThread() || attachment.shutdown().needsTurn() || super.hasTasks(foreign);
    }

    @Override
    public long deadline(boolean foreign) {
        if (isWrongThread()) {
            return NO_DEADLINE;
        }
        return loop().isShuttingDown() ? attachment.shutdown().deadline() : super.deadline(foreign);
    }

    private boolean isWrongThread() {
        return !owner.mayRun(Thread.currentThread());
    }

    @Override
    public void dispatch(Runnable turn) {
        Runnable right = isWrongThread() ? attachment::refuseThread : turn;
        owner.dispatch(right, asExecutor);
    }

    @Override
    public void run(long nanos) {
        if (loop().isShuttingDown()) {
            attachment.shutdown().step(Math.min(nanos, MAX_STEP_NANOS));
        } else {
            super.run(nanos);
        }
    }
}
