package org.nostrmonitor.relay;

import java.util.Locale;

/**
 * What a test of one NIP found.
 *
 * @param seen the decisive message as received, or why it was not tested; bounded, may be empty
 */
public record Capability(Finding finding, String seen) {
    /** Whether a relay can do what a NIP asks for. */
    public enum Finding {
        /** It did it. */
        CONFIRMED,
        /** It did not do it, or did something else. */
        REFUTED,
        /** It was not asked, or its answer shows nothing. */
        NOT_TESTED;

        /** As it is printed, {@code not_tested}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if nothing is called so */
        public static Finding ofLabel(String label) {
            for (Finding finding : values()) {
                if (finding.label().equals(label)) {
                    return finding;
                }
            }
            throw new IllegalArgumentException("no finding is called " + label);
        }
    }
}
