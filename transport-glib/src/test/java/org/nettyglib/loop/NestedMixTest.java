package org.nettyglib.loop;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Main loops three deep, from handlers, tasks, timeouts and idle functions, in every order. */
@ParameterizedClass
@EnumSource
class NestedMixTest {
    private final LoopFixture fixture;

    NestedMixTest(LoopKind kind) {
        fixture = kind.open();
    }

    @AfterEach
    void tearDown() throws InterruptedException {
        fixture.close();
    }

    @ParameterizedTest
    @MethodSource("org.nettyglib.loop.NestedMix#threeDeep")
    void shouldGoOnAtEachDepth(NestedMix mix) throws Exception {
        mix.assertGoesOnAtEachDepth(fixture, () -> {});
    }
}
