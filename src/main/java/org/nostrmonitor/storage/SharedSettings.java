package org.nostrmonitor.storage;

import io.vertx.core.Future;
import org.nostrmonitor.config.MonitorConfig;

/**
 * What all nodes agree on: the table {@code monitor_config}, seeded from a scheduler's file. Who changes that file and
 * restarts means it: what a file newly says takes the place of what stands there.
 */
public interface SharedSettings {
    /**
     * Writes the keys that are not there yet, or for which the file says something else than the last file that was seeded.
     * Completes with what is there then.
     */
    Future<Shared> seed(Shared ofThisNode);

    /** What is there; keys that are missing come from {@code ofThisNode}. */
    Future<Shared> read(Shared ofThisNode);

    /** Writes what is other than what is there. It stands until it is changed again, or until a file newly says otherwise. */
    Future<Void> change(Shared wanted);

    record Shared(
            MonitorConfig.Schedule schedule,
            MonitorConfig.Checks checks,
            MonitorConfig.Publish publish,
            MonitorConfig.RateLimits rateLimits,
            MonitorConfig.Retention retention) {
        public static Shared of(MonitorConfig config) {
            return new Shared(
                    config.schedule(), config.checks(), config.publish(), config.rateLimits(), config.retention());
        }
    }
}
