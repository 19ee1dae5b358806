/** Probes relays of other people's making. Not part of the build: {@code mvn -Pinterop test}. */
@org.jspecify.annotations.NullMarked
package org.nostrmonitor.interop;
