package org.nettyglib.benchmarks;

/**
 * Loads a new JVM until it gets no faster. A fixed time would do on a quiet machine only: on a busy one the compiler, which
 * has to share the server's core, is late.
 *
 * @param atLeast seconds of load in any case
 * @param atMost seconds after which the server is taken as it is
 */
record WarmUp(int atLeast, int atMost) {

    private static final int WINDOW_SECONDS = 1;

    /** So many windows in a row without a gain worth the name end the warm-up. */
    private static final int WINDOWS_WITHOUT_GAIN = 3;

    private static final double GAIN = 0.97;

    /**
     * One window of load.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    interface Load<X extends Exception> {
        /** {@return the CPU time of one message or operation} */
        double run(int seconds) throws X;
    }

    <X extends Exception> void run(String title, Load<X> load) throws X {
        double best = Double.MAX_VALUE;
        int withoutGain = 0;
        int elapsed = 0;
        while (elapsed < atMost && (elapsed < atLeast || withoutGain < WINDOWS_WITHOUT_GAIN)) {
            double cost = load.run(WINDOW_SECONDS);
            elapsed += WINDOW_SECONDS;
            withoutGain = cost < best * GAIN ? 0 : withoutGain + 1;
            best = Math.min(best, cost);
        }
        Output.progress("%s is warm after %d s%s"
                .formatted(title, elapsed, withoutGain < WINDOWS_WITHOUT_GAIN ? ", as far as there was time" : ""));
    }
}
