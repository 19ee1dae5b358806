package org.nostrmonitor.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.relay.CheckJob;
import org.nostrmonitor.storage.RelayRepository.Candidate;

/**
 * Picks the relays of one cycle from the candidates, which come host by host: those that are due, at most so many of a
 * host. What has a result already takes up its host's places, so that planning the same cycle again picks the same relays
 * less those that are stored. Holds nothing but the host it is at. Pure.
 */
final class Selection {
    private final CheckPlan plan;
    private final String region;
    private final Instant cycle;
    private final Duration cadence;
    private String host = "";
    private int ofHost;
    private int aliasesOfHost;
    private int stored;
    private int picked;

    Selection(CheckPlan plan, String region, Instant cycle, Duration cadence) {
        this.plan = plan;
        this.region = region;
        this.cycle = cycle;
        this.cadence = cadence;
    }

    /** The jobs of the next candidates. */
    List<CheckJob> jobs(List<Candidate> candidates) {
        List<CheckJob> jobs = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (takesAPlace(candidate) && !candidate.stored()) {
                jobs.add(plan.jobOf(candidate.relay(), region, cycle));
            }
        }
        return jobs;
    }

    private boolean takesAPlace(Candidate candidate) {
        String its = candidate.relay().url().host();
        if (!its.equals(host)) {
            host = its;
            ofHost = 0;
            aliasesOfHost = 0;
        }
        if (candidate.stored()) {
            stored++;
        } else if (isPicked(candidate)) {
            picked++;
        } else {
            return false;
        }
        if (candidate.alias()) {
            aliasesOfHost++;
        } else {
            ofHost++;
        }
        return true;
    }

    /** Aliases have places of their own, so that they keep no relay from its turn. */
    private boolean isPicked(Candidate candidate) {
        return candidate.alias()
                ? aliasesOfHost < plan.urlsPerHost() && plan.isAliasDue(candidate.relay(), cycle)
                : ofHost < plan.urlsPerHost() && plan.isDue(candidate.relay(), cycle, cadence);
    }

    /** Those picked that have no result yet. */
    int picked() {
        return picked;
    }

    /** The whole cycle: those picked, and those stored. */
    int planned() {
        return stored + picked;
    }
}
