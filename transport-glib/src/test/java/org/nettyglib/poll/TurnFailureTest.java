package org.nettyglib.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Turns that fail before they have begun, as where the stack is full. */
class TurnFailureTest {
    @RegisterExtension
    private final BackendFixture fixture = new BackendFixture();

    private int depth() {
        return fixture.statistics().nestingDepth();
    }

    private void overflow() {
        // Not when the outer turn goes on afterwards.
        fixture.tasks().atEachBeginning(() -> {});
        throw new StackOverflowError("by the test");
    }

    /** A loop that took it for a turn would wait for its end for ever before it ended itself. */
    @Test
    void shouldCountNoTurnThatCouldNotBegin() {
        fixture.tasks().atEachBeginning(this::overflow);
        fixture.backend().take(() -> fixture.log().add("never"));
        assertThat(depth()).isZero();
        fixture.backend().take(() -> fixture.log().add("depth " + depth()));
        assertThat(fixture.log()).containsExactly("depth 1");
    }

    @Test
    void shouldGoBackToTheDepthOfTheOuterTurn() {
        List<Integer> depths = new ArrayList<>();
        fixture.backend().take(() -> {
            fixture.tasks().atEachBeginning(this::overflow);
            fixture.backend().take(() -> fixture.log().add("never"));
            depths.add(depth());
        });
        depths.add(depth());
        assertThat(depths).containsExactly(1, 0);
        assertThat(fixture.log()).isEmpty();
    }
}
