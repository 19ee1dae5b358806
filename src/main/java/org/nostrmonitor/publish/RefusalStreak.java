package org.nostrmonitor.publish;

import org.jspecify.annotations.Nullable;
import org.nostrmonitor.cache.TargetState.Refusals;

/** The refusals of a target since it took an event last. Written on one thread, read from any. */
final class RefusalStreak {
    private volatile @Nullable Refusals refusals;

    void refused(Answer why, String text) {
        Refusals before = refusals;
        refusals = before == null
                ? new Refusals(1, why.label(), text, true)
                : new Refusals(
                        before.count() + 1,
                        why.label(),
                        text,
                        before.alike() && before.answer().equals(why.label()));
    }

    void accepted() {
        refusals = null;
    }

    @Nullable
    Refusals now() {
        return refusals;
    }
}
