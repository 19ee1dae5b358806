package org.nostrmonitor.relay;

import java.util.Locale;

/** A step of a probe, in the order in which they happen. A failure names the one it happened in. */
public enum Stage {
    DNS(1),
    TCP(2),
    TLS(3),
    UPGRADE(4),
    READ(5),
    WRITE(6),
    NIP11(7);

    private final int code;

    Stage(int code) {
        this.code = code;
    }

    /** The number that stands for it in PostgreSQL. Never changes. */
    public int code() {
        return code;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no stage has this code */
    public static Stage ofCode(int code) {
        for (Stage stage : values()) {
            if (stage.code == code) {
                return stage;
            }
        }
        throw new IllegalArgumentException("no stage has the code " + code);
    }
}
