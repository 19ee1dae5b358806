package org.nostrmonitor.nip66;

/**
 * Something that a relay claims in its NIP-11 document, and that was seen otherwise.
 *
 * @param subject the label of a requirement, {@code auth}, or {@code NIP-45}
 * @param claimed the claim in our words, a clause that follows "it": {@code claims to need no authentication}
 * @param seen what was seen, a clause that follows "but": {@code asks for it}
 */
public record Conflict(String subject, String claimed, String seen) {
    /** {@code claims to need no authentication, but asks for it}. */
    public String words() {
        return claimed + ", but " + seen;
    }
}
