package org.nostrmonitor.cli;

import java.util.List;
import org.nostrmonitor.config.MonitorConfig;

/** Starts a node with the Vert.x launcher. */
@FunctionalInterface
public interface Launch {
    /**
     * Blocks until the node is up, or could not start.
     *
     * @param config read and valid
     * @param arguments what the launcher itself takes, {@code -cluster} among it
     * @return {@link ExitCode#RUNNING}, or {@link ExitCode#FAILED} after a line on standard error
     */
    int launch(MonitorConfig config, List<String> arguments);
}
