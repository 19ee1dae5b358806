package org.nostrmonitor.probe;

import io.netty.util.NetUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes small MaxMind DB files (format 2.0): an IPv6 tree with IPv4 at {@code ::/96}, records of 24 bits, no pointers. */
final class MaxMindFile {
    private static final int NOTHING = -1;

    /** Of each node the record for a 0 and for a 1: a node, or data below {@link #NOTHING}. */
    private final List<int[]> nodes = new ArrayList<>(List.of(new int[] {NOTHING, NOTHING}));

    private final List<Map<String, ?>> data = new ArrayList<>();

    /** @param block {@code 198.51.100.0/24}, {@code 2600::/32}; does not overlap with others */
    MaxMindFile with(String block, Map<String, ?> record) {
        String[] parts = block.split("/", 2);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        int bits = Integer.parseInt(parts[1]) + (address.length == 4 ? 96 : 0);
        byte[] key = new byte[16];
        System.arraycopy(address, 0, key, 16 - address.length, address.length);
        data.add(record);
        int node = 0;
        for (int i = 0; i < bits - 1; i++) {
            node = child(node, bit(key, i));
        }
        nodes.get(node)[bit(key, bits - 1)] = NOTHING - data.size();
        return this;
    }

    private int child(int node, int bit) {
        int child = nodes.get(node)[bit];
        if (child == NOTHING) {
            child = nodes.size();
            nodes.add(new int[] {NOTHING, NOTHING});
            nodes.get(node)[bit] = child;
        }
        return child;
    }

    private static int bit(byte[] key, int i) {
        return key[i / 8] >> (7 - i % 8) & 1;
    }

    Path to(Path file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream section = new ByteArrayOutputStream();
        List<Integer> offsets = new ArrayList<>();
        for (Map<String, ?> record : data) {
            offsets.add(section.size());
            write(section, record);
        }
        for (int[] node : nodes) {
            for (int record : node) {
                int value = record >= 0
                        ? record
                        : record == NOTHING ? nodes.size() : nodes.size() + 16 + offsets.get(NOTHING - record - 1);
                out.writeBytes(new byte[] {(byte) (value >> 16), (byte) (value >> 8), (byte) value});
            }
        }
        out.writeBytes(new byte[16]);
        out.writeBytes(section.toByteArray());
        out.writeBytes("\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1));
        write(out, metadata());
        try {
            return Files.write(file, out.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, ?> metadata() {
        return Map.of(
                "node_count",
                nodes.size(),
                "record_size",
                24,
                "ip_version",
                6,
                "database_type",
                "Test",
                "languages",
                List.of("en"),
                "binary_format_major_version",
                2,
                "binary_format_minor_version",
                0,
                "build_epoch",
                1_767_225_600L,
                "description",
                Map.of("en", "a test"));
    }

    private static void write(ByteArrayOutputStream out, Object value) {
        if (value instanceof Map<?, ?> map) {
            control(out, 7, map.size());
            map.forEach((key, each) -> {
                write(out, key);
                write(out, each);
            });
        } else if (value instanceof List<?> list) {
            control(out, 11, list.size());
            list.forEach(each -> write(out, each));
        } else if (value instanceof Boolean flag) {
            control(out, 14, flag ? 1 : 0);
        } else {
            byte[] bytes = bytes(value);
            control(out, type(value), bytes.length);
            out.writeBytes(bytes);
        }
    }

    private static int type(Object value) {
        return value instanceof String ? 2 : value instanceof Double ? 3 : value instanceof Integer ? 6 : 9;
    }

    private static byte[] bytes(Object value) {
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (value instanceof Double number) {
            return ByteBuffer.allocate(8).putDouble(number).array();
        }
        return value instanceof Integer number
                ? ByteBuffer.allocate(4).putInt(number).array()
                : ByteBuffer.allocate(8).putLong((Long) value).array();
    }

    /** Types above 7 stand in a byte of their own, sizes above 28 too. */
    private static void control(ByteArrayOutputStream out, int type, int size) {
        int first = size < 29 ? size : 29;
        out.write(type <= 7 ? type << 5 | first : first);
        if (type > 7) {
            out.write(type - 7);
        }
        if (size >= 29) {
            out.write(size - 29);
        }
    }
}
