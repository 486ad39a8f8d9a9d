package org.nettyglib.benchmarks.gio;

/** What is done again and again. Called on the loop's thread. */
@FunctionalInterface
interface Operation {

    /**
     * Begins one, and returns before it has ended.
     *
     * @param slot of those under way at a time each has one of its own, counted from zero
     * @param flight is told on the loop's thread when it has ended or failed
     */
    void begin(int slot, Flight flight) throws Exception;

    /** For the results: none of them is taken on trust. */
    static void require(boolean asExpected, String what) {
        if (!asExpected) {
            throw new IllegalStateException("not what was expected: " + what);
        }
    }
}
