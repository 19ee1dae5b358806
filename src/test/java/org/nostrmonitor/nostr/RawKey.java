package org.nostrmonitor.nostr;

/** A secret key as it stands in the memory of whoever signs with it: for tests that look for it where it should not be. */
public final class RawKey {
    private RawKey() {}

    /** The 32 bytes of an {@code nsec1…}. */
    public static byte[] of(String nsec) throws ProtocolException {
        return Bech32.decode("nsec", nsec, 32);
    }
}
