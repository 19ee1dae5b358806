package org.nostrmonitor.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How PostgreSQL's programs are called. They refuse to run as root, so root puts a word in front: {@code unshare} makes it
 * nobody in a user namespace of its own, where files stay root's; where namespaces are forbidden, as in many containers,
 * {@code setpriv} makes it nobody, and the files become nobody's too.
 *
 * @param prefix goes before each command line
 * @param owner the user id that the files must have
 */
record Unprivileged(List<String> prefix, int owner) {
    private static final int ROOT = 0;
    private static final int NOBODY = 65534;
    private static final List<String> NAMESPACE = List.of("unshare", "-U");
    private static final List<String> DROP =
            List.of("setpriv", "--reuid", "" + NOBODY, "--regid", "" + NOBODY, "--clear-groups");

    /** @param program a program that must be reachable and harmless with {@code --version} */
    static Unprivileged toRun(Path program, Path output) throws IOException {
        int user = owner(Path.of("/proc/self"));
        if (user != ROOT) {
            return new Unprivileged(List.of(), user);
        }
        if (works(NAMESPACE, program, output)) {
            return new Unprivileged(NAMESPACE, ROOT);
        }
        if (works(DROP, program, output)) {
            return new Unprivileged(DROP, NOBODY);
        }
        throw new CannotStartPostgres("PostgreSQL does not run as root, and neither unshare nor setpriv works here; run"
                + " as another user, or keep the data where the user nobody can get at it");
    }

    private static boolean works(List<String> prefix, Path program, Path output) {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(List.of(program.toString(), "--version"));
        try {
            return new Command(line, output, Duration.ofSeconds(10)).run() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    List<String> line(String... words) {
        List<String> line = new ArrayList<>(prefix);
        line.addAll(List.of(words));
        return line;
    }

    /** Gives a folder and all in it to the user that PostgreSQL runs as, if it is another's: an earlier run's. */
    void own(Path directory) throws IOException {
        if (prefix.isEmpty() || owner(directory) == owner) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static int owner(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:uid");
    }
}
