package org.nettyglib.benchmarks.gio;

import io.netty.util.concurrent.FutureListener;
import java.util.function.Consumer;

/** Keeps a number of operations under way until the time is over. On the loop's thread. */
final class Flight {

    /**
     * How far it goes.
     *
     * @param seconds for which operations are begun
     * @param most how many are begun at most
     * @param underWay how many at a time
     */
    record Plan(double seconds, long most, int underWay) {

        /** Reads {@code run SECONDS MOST UNDER_WAY}. */
        static Plan parse(String command) {
            String[] words = command.split(" ", -1);
            if (words.length != 4 || !words[0].equals("run")) {
                throw new IllegalArgumentException("unknown command: " + command);
            }
            return new Plan(Double.parseDouble(words[1]), Long.parseLong(words[2]), Integer.parseInt(words[3]));
        }
    }

    private final Operation operation;
    private final Plan plan;
    private final Landing landing;
    private final long start = System.nanoTime();
    private long begun;
    private long ended;

    /** What happens at its end. On the loop's thread. */
    interface Landing {

        /** All operations have ended. */
        void landed();

        /** One has failed. Others may be under way still. */
        void failed(Throwable cause);
    }

    Flight(Operation operation, Plan plan, Landing landing) {
        this.operation = operation;
        this.plan = plan;
        this.landing = landing;
    }

    void start() {
        for (int slot = 0; slot < plan.underWay() && begun < plan.most(); slot++) {
            begin(slot);
        }
    }

    private void begin(int slot) {
        begun++;
        try {
            operation.begin(slot, this);
        } catch (Exception | LinkageError | AssertionError e) {
            failed(e);
        }
    }

    /** The operation with this slot has ended. */
    void ended(int slot) {
        ended++;
        if (begun < plan.most() && seconds() < plan.seconds()) {
            begin(slot);
        } else if (ended == begun) {
            landing.landed();
        }
    }

    /** An operation has failed, which ends it all. */
    void failed(Throwable cause) {
        landing.failed(cause);
    }

    /** What goes on when a future of the operation has succeeded. If it has failed, or that fails, so has the operation. */
    <T> FutureListener<T> orFail(Consumer<? super T> next) {
        return future -> {
            try {
                next.accept(future.get());
            } catch (Exception e) {
                failed(e);
            }
        };
    }

    /** The answer to the command, once it has landed. */
    String result() {
        return "result operations=" + ended + " seconds=" + seconds();
    }

    private double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }
}
