package org.nettyglib.gstreamer;

import java.util.Random;
import org.nettyglib.loop.LoopKind;

/**
 * Rounds of a test that does anything at any moment. The system properties {@code fuzz.seed} and {@code fuzz.rounds} choose which; the seed
 * is printed, and that of a round that fails is in its message.
 */
final class FuzzRounds {
    private FuzzRounds() {}

    @FunctionalInterface
    interface Round {
        void run(Random random) throws Exception;
    }

    static void run(Class<?> test, LoopKind kind, Round round) {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        int rounds = Integer.getInteger("fuzz.rounds", 30);
        System.out.println(test.getSimpleName() + " " + kind + ": -Dfuzz.seed=" + seed + " -Dfuzz.rounds=" + rounds);
        for (int i = 0; i < rounds; i++) {
            long roundSeed = seed + i;
            try {
                round.run(new Random(roundSeed));
            } catch (Throwable t) {
                throw new AssertionError("round " + i + ", -Dfuzz.seed=" + roundSeed + " -Dfuzz.rounds=1", t);
            }
        }
    }
}
