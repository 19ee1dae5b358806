package org.nostrmonitor.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/** What the test says to a process, on its stdin: {@code arm <point>}, {@code disarm}, {@code go}, {@code probes <ms>}. */
final class Orders {
    static final String ARM = "arm ";
    static final String DISARM = "disarm";
    static final String GO = "go";
    static final String PROBES = "probes ";

    private Orders() {}

    /** Obeys until the input ends, and then ends the process: its parent has gone. Blocks. */
    static void obey(Stops stops, Consumer<Duration> probes) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith(ARM)) {
                stops.arm(Point.of(line.substring(ARM.length())));
            } else if (line.equals(DISARM)) {
                stops.disarm();
            } else if (line.equals(GO)) {
                stops.go();
            } else if (line.startsWith(PROBES)) {
                probes.accept(Duration.ofMillis(Long.parseLong(line.substring(PROBES.length()))));
            }
        }
        Runtime.getRuntime().halt(0);
    }
}
