package org.nettyglib.gio;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.nettyglib.ffi.StubPool;
import org.nettyglib.loop.LoopFixture;

/** Starts more operations than there can be function pointers for, and cancels some of those that wait. */
final class GioCapacityProgram {
    private static final int OPERATIONS = 70_000;

    private GioCapacityProgram() {}

    public static void main(String[] args) throws Exception {
        AtomicInteger ended = new AtomicInteger();
        AtomicInteger cancelled = new AtomicInteger();
        List<TestOperation> operations = new ArrayList<>();
        List<GioFuture<Long>> futures = new ArrayList<>();
        try (GioLoop loop = GioLoopKind.valueOf(args[0]).open()) {
            for (int i = 0; i < OPERATIONS; i++) {
                TestOperation operation = new TestOperation();
                operations.add(operation);
                futures.add(GioFutures.start(loop.loop(), operation, operation)
                        .addListener(done -> (done.isCancelled() ? cancelled : ended).incrementAndGet()));
            }
            loop.run(() -> {});
            long begun = begun(operations);
            System.out.println("begun " + begun + ", function pointers " + StubPool.made());
            System.out.println(
                    "done " + futures.stream().filter(GioFuture::isDone).count());

            // Of those that wait, every second one is not to begin at all.
            for (int i = (int) begun; i < OPERATIONS; i += 2) {
                futures.get(i).cancel(false);
            }
            for (TestOperation operation : operations) {
                operation.task.thenAccept(task -> task.end(7));
            }
            for (GioFuture<Long> future : futures) {
                if (!future.await(LoopFixture.TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("not done: " + future);
                }
            }
            loop.run(() -> {});
            System.out.println("succeeded " + ended + ", cancelled " + cancelled);
            System.out.println("begun in all " + begun(operations) + ", finished "
                    + operations.stream().mapToInt(o -> o.finished.get()).sum());
            System.out.println("in use " + StubPool.used() + ", under way " + loop.underWay());
        }
    }

    private static long begun(List<TestOperation> operations) {
        return operations.stream().mapToInt(operation -> operation.begun.get()).sum();
    }
}
