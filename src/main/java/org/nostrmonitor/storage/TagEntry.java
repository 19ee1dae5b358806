package org.nostrmonitor.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A single-letter tag as {@code event_index.tags} holds it: the rule of the SQL function {@code event_tags}. */
final class TagEntry {
    private TagEntry() {}

    /**
     * The first eight bytes of a hash. To make a tag with the entry of a given one takes 2^64 tries, also with MD5.
     *
     * @param letter of the tag, {@code a-z A-Z}
     */
    static long of(String letter, String value) {
        byte[] bytes = (letter + ":" + value).getBytes(StandardCharsets.UTF_8);
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("MD5").digest(bytes))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
