package org.nostrmonitor.queue;

import org.nostrmonitor.relay.CheckJob;

/**
 * One worker's claim on one job. Whoever comes with an older fence, or as another owner, is refused.
 *
 * @param job as it stood when claimed; its attempt counts this claim's predecessors that failed
 * @param owner the worker's id
 * @param fence rises with every claim of the region
 */
public record Lease(CheckJob job, String owner, long fence) {}
