package org.nostrmonitor.probe;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;

/** The file descriptors of this process: every socket needs one. */
final class OpenFiles {
    /** Where nobody counts them, they are taken to suffice. */
    private static final long PLENTY = 1 << 20;

    private OpenFiles() {}

    /** How many there may be; the JDK has raised the soft limit to the hard one when it started. */
    static long limit() {
        return system() instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : PLENTY;
    }

    static long count() {
        return system() instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : 0;
    }

    private static OperatingSystemMXBean system() {
        return ManagementFactory.getOperatingSystemMXBean();
    }
}
