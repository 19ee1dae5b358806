package org.nostrmonitor.http.view;

/** The software that a relay names, which is often the address of its repository, as a short name. */
final class Software {
    private Software() {}

    /** The last segment of an address without {@code .git}; anything else as it is. */
    static String shortName(String software) {
        String name = software.endsWith("/") ? software.substring(0, software.length() - 1) : software;
        String last = name.substring(name.lastIndexOf('/') + 1);
        String bare = last.endsWith(".git") ? last.substring(0, last.length() - 4) : last;
        return bare.isEmpty() ? software : bare;
    }
}
