package org.nostrmonitor.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzing with the same seeds at each build, and some new ones: a failure names the seed that makes it again. */
class FuzzTest {
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 400);
    private static final int NEW_ROUNDS = 150;

    static List<Target> targets() {
        return Targets.chosen();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void readsWhatIsGood(Target target) throws Exception {
        int read = 0;
        for (String good : target.good()) {
            read += target.reads(good) ? 1 : 0;
        }
        assertThat(read).isPositive();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void givesAValueOrWhatItDeclares(Target target) {
        Fuzz fuzz = Fuzz.SEED == null
                ? new Fuzz(target).run(1, ROUNDS).run(System.nanoTime(), NEW_ROUNDS)
                : new Fuzz(target).run(Fuzz.SEED, ROUNDS);

        assertThat(fuzz.read()).as("inputs that were read, of " + fuzz.rounds()).isPositive();
    }
}
