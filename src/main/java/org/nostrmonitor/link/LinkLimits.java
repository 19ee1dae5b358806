package org.nostrmonitor.link;

import java.time.Duration;

/**
 * What a connection may take, and how it is proven alive.
 *
 * @param connect from the start of the dial to the open WebSocket
 * @param ping how often an open connection is proven alive; three of them without a byte close it
 * @param messageBytes the longest message, and the longest frame, in either direction
 * @param freeBytes what a peer may send between two pings without earning it
 */
public record LinkLimits(Duration connect, Duration ping, int messageBytes, int freeBytes) {}
