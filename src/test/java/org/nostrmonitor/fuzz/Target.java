package org.nostrmonitor.fuzz;

import java.util.List;

/**
 * What reads what strangers write.
 *
 * @param good what it can read, to be damaged: a text, or bytes as the characters 0 to 255
 * @param isText whether it takes any characters, or bytes only
 * @param reader what reads one input, and checks what it read; an {@link AssertionError} says that a check failed
 * @param declared what the reader may throw: any subclass too
 */
public record Target(
        String name, List<String> good, boolean isText, Reader reader, List<Class<? extends Exception>> declared) {
    /** Reads one input, and throws what a reader of it may throw. */
    @FunctionalInterface
    public interface Reader {
        void read(String input) throws Exception;
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    public static Target ofText(String name, List<String> good, Reader reader, Class<? extends Exception>... declared) {
        return new Target(name, good, true, reader, List.of(declared));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    public static Target ofBytes(
            String name, List<String> good, Reader reader, Class<? extends Exception>... declared) {
        return new Target(name, good, false, reader, List.of(declared));
    }

    /** Whether it was read; false if it was refused as declared. Anything else that is thrown is the caller's to judge. */
    boolean reads(String input) throws Exception {
        try {
            reader.read(input);
            return true;
        } catch (Exception e) {
            if (declared.stream().anyMatch(type -> type.isInstance(e))) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
