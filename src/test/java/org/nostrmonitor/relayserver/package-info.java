/** Our own relay, over real sockets and a real PostgreSQL. */
@org.jspecify.annotations.NullMarked
package org.nostrmonitor.relayserver;
