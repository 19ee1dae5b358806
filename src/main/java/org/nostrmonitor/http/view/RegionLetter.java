package org.nostrmonitor.http.view;

import org.nostrmonitor.queue.DeadLetters.DeadLetter;

/** A dead letter and the region whose queue it fell out of, which it does not tell itself if it cannot be read. */
public record RegionLetter(String region, DeadLetter letter) {}
