package org.nostrmonitor.nostr;

import java.security.MessageDigest;
import java.util.List;
import java.util.function.Supplier;

/** Ids and BIP-340 signatures of events. */
public final class Signatures {
    private Signatures() {}

    /**
     * Whether the id is that of the content and the signature that of the author. Never throws. Control characters may have been
     * hashed as they are, as NIP-01 has it, or escaped, as JSON libraries do.
     */
    public static boolean verify(NostrEvent event) {
        if (!Hex.is(event.id(), 64) || !Hex.is(event.pubkey(), 64) || !Hex.is(event.sig(), 128) || !isText(event)) {
            return false;
        }
        byte[] id = Hex.bytes(event.id());
        return isId(id, event) && schnorr().verify(Hex.bytes(event.sig()), id, Hex.bytes(event.pubkey()));
    }

    /**
     * What signs and verifies here: {@code libsecp256k1}, or {@code BouncyCastle} where the native library does not load. The
     * first call in a process loads it, which blocks.
     */
    public static String implementation() {
        return schnorr().name();
    }

    static Schnorr schnorr() {
        return Chosen.SCHNORR;
    }

    private static boolean isId(byte[] id, NostrEvent event) {
        return MessageDigest.isEqual(id, canonical(event)) || MessageDigest.isEqual(id, asJson(event));
    }

    private static byte[] canonical(NostrEvent event) {
        return CanonicalEvent.id(event.pubkey(), event.createdAt(), event.kind(), event.tags(), event.content());
    }

    private static byte[] asJson(NostrEvent event) {
        return CanonicalEvent.idAsJson(event.pubkey(), event.createdAt(), event.kind(), event.tags(), event.content());
    }

    /** Half a surrogate pair has no UTF-8 form: two such texts would have the same id. */
    private static boolean isText(NostrEvent event) {
        return isText(event.tags(), event.content());
    }

    static boolean isText(List<List<String>> tags, String content) {
        return PlainText.isStorable(content)
                && tags.stream().flatMap(List::stream).allMatch(PlainText::isStorable);
    }

    /** The preferred one, or the one in pure Java on a platform where the preferred one does not load. */
    static Schnorr choose(Supplier<Schnorr> preferred) {
        try {
            return preferred.get();
        } catch (RuntimeException | LinkageError e) {
            return new JavaSchnorr();
        }
    }

    /** Chosen at first use and then for good. */
    private static final class Chosen {
        static final Schnorr SCHNORR = choose(NativeSchnorr::new);
    }
}
