package org.nostrmonitor.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Another monitor works on the same data directory. The message is fit to be shown as it is. */
public final class DataDirectoryInUse extends IOException {
    private static final long serialVersionUID = 1;

    DataDirectoryInUse(Path dataDirectory, String process) {
        super("the data directory " + dataDirectory + " is in use by another monitor" + process
                + "; stop that one, or name another dataDirectory");
    }
}
