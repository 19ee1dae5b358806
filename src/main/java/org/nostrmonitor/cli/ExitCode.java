package org.nostrmonitor.cli;

/** What a command ends with. Scripts rely on it. */
public final class ExitCode {
    /** Done, and all is well. */
    public static final int OK = 0;
    /** It was done, and the answer is no: a relay is not online, or the node could not start. */
    public static final int FAILED = 1;
    /** It was not done: the arguments or the configuration are wrong. */
    public static final int USAGE = 2;
    /** Not an exit code: the node runs, the process must go on. */
    public static final int RUNNING = -1;

    private ExitCode() {}
}
