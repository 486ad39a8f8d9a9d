package org.nettyglib.ffi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensTest {
    private final Tokens<Integer> tokens = new Tokens<>();

    @Test
    void shouldFindWhatWasAddedUntilItIsRemoved() {
        long token = tokens.add(7);
        assertThat(tokens.get(token)).isEqualTo(7);
        assertThat(tokens.get(token)).isEqualTo(7);
        assertThat(tokens.size()).isOne();
        assertThat(tokens.remove(token)).isEqualTo(7);
        assertThat(tokens.get(token)).isNull();
        assertThat(tokens.remove(token)).isNull();
        assertThat(tokens.size()).isZero();
    }

    /** To C they are pointers, of which the null pointer means none. */
    @Test
    void shouldNeverGiveZeroNorANumberTwice() {
        Set<Long> given = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            long token = tokens.add(i);
            assertThat(token).isNotZero();
            assertThat(given.add(token)).as("a new number").isTrue();
            tokens.remove(token);
        }
    }

    @Test
    void shouldNotFindTheNextOneByAnOldNumber() {
        long old = tokens.add(1);
        tokens.remove(old);
        long young = tokens.add(2);
        assertThat(Tokens.index(young)).as("the place is used again").isEqualTo(Tokens.index(old));
        assertThat(tokens.get(old)).isNull();
        assertThat(tokens.remove(old)).isNull();
        assertThat(tokens.get(young)).isEqualTo(2);
    }

    @Test
    void shouldFindNothingByANumberThatWasNeverGiven() {
        long token = tokens.add(1);
        for (long stranger : new long[] {0, -1, 1, token + 1, token + (1L << 32), Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(tokens.get(stranger)).as("%x", stranger).isNull();
            assertThat(tokens.remove(stranger)).as("%x", stranger).isNull();
        }
        assertThat(tokens.get(token)).isEqualTo(1);
    }

    @Test
    void shouldUsePlacesAgain() {
        for (int i = 0; i < 100_000; i++) {
            long first = tokens.add(i);
            long second = tokens.add(-i);
            assertThat(Tokens.index(first)).isLessThan(2);
            assertThat(Tokens.index(second)).isLessThan(2);
            tokens.remove(first);
            tokens.remove(second);
        }
    }

    @Test
    void shouldGrowAndForgetInAnyOrder() {
        Random random = new Random(1);
        List<Long> given = new ArrayList<>();
        List<Integer> objects = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            if (!given.isEmpty() && random.nextInt(5) < 2) {
                int index = random.nextInt(given.size());
                int last = given.size() - 1;
                assertThat(tokens.remove(given.get(index))).isEqualTo(objects.get(index));
                given.set(index, given.get(last));
                objects.set(index, objects.get(last));
                given.removeLast();
                objects.removeLast();
            } else {
                given.add(tokens.add(i));
                objects.add(i);
            }
        }
        assertThat(tokens.size()).isEqualTo(given.size());
        for (int i = 0; i < given.size(); i++) {
            assertThat(tokens.get(given.get(i))).isEqualTo(objects.get(i));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, -1", "2147483646, 2147483647", "5, -2147483648", "2147483646, 0"})
    void shouldPackPlaceAndGeneration(int index, int generation) {
        long token = Tokens.token(index, generation);
        assertThat(Tokens.index(token)).isEqualTo(index);
        assertThat(Tokens.generation(token)).isEqualTo(generation);
        assertThat(token).isNotZero();
    }

    @Test
    void shouldServeManyThreads() {
        int threads = 4;
        CompletableFuture<?>[] all = new CompletableFuture<?>[threads];
        for (int t = 0; t < threads; t++) {
            int own = t;
            all[t] = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 50_000; i++) {
                            int object = i * threads + own;
                            long token = tokens.add(object);
                            assertThat(tokens.get(token)).isEqualTo(object);
                            assertThat(tokens.remove(token)).isEqualTo(object);
                        }
                    },
                    task -> Thread.ofPlatform().start(task));
        }
        CompletableFuture.allOf(all).join();
        assertThat(tokens.size()).isZero();
    }
}
