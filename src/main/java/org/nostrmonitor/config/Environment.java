package org.nostrmonitor.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.nostrmonitor.config.Given.Kind;

/** The environment variables that stand over the file. A secret may stand in a file that a {@code …_FILE} names. */
final class Environment {
    private static final String PREFIX = "NOSTR_MONITOR_";
    private static final int MAX_SECRET = 8_192;

    /** @param name without the prefix */
    record Variable(String name, String path, Kind kind, boolean secret) {}

    /** All there are: {@code docs/configuration.md} explains them. */
    static final List<Variable> VARIABLES = List.of(
            new Variable("ROLES", "roles", Kind.LIST, false),
            new Variable("REGION", "region", Kind.TEXT, false),
            new Variable("DATA_DIRECTORY", "dataDirectory", Kind.TEXT, false),
            new Variable("POSTGRES_URI", "postgres.uri", Kind.TEXT, true),
            new Variable("REDIS_URI", "redis.uri", Kind.TEXT, true),
            new Variable("SECRET_KEY", "monitor.secretKey", Kind.SECRET, true),
            new Variable("KEY_FILE", "monitor.keyFile", Kind.TEXT, false),
            new Variable("KEY_PASSWORD_FILE", "monitor.keyPasswordFile", Kind.TEXT, false),
            new Variable("NAME", "monitor.name", Kind.TEXT, false),
            new Variable("PUBLISH_RELAYS", "publish.relays", Kind.LIST, false),
            new Variable("WORKER_CONCURRENCY", "worker.concurrency", Kind.INTEGER, false),
            new Variable("HTTP_HOST", "http.host", Kind.TEXT, false),
            new Variable("HTTP_PORT", "http.port", Kind.INTEGER, false),
            new Variable("ADMIN_TOKEN_FILE", "http.adminTokenFile", Kind.TEXT, false),
            new Variable("CLUSTER_HOST", "cluster.host", Kind.TEXT, false),
            new Variable("CLUSTER_PORT", "cluster.port", Kind.INTEGER, false),
            new Variable("CLUSTER_MEMBERS", "cluster.members", Kind.LIST, false));

    private final Map<String, String> variables;
    private final Faults faults;

    Environment(Map<String, String> variables, Faults faults) {
        this.variables = variables;
        this.faults = faults;
    }

    /** What the environment says; its faults are added. An empty variable says nothing. */
    List<Given> read() {
        List<Given> given = new ArrayList<>();
        Map<String, String> ours = new TreeMap<>(variables);
        ours.keySet().removeIf(name -> !name.startsWith(PREFIX));
        for (Variable variable : VARIABLES) {
            String where = PREFIX + variable.name();
            String file = variable.secret() ? where + "_FILE" : where;
            add(given, variable, where, taken(ours, where), taken(ours, file));
        }
        ours.keySet().forEach(name -> faults.add(name, "there is no such variable (" + names() + ")"));
        return given;
    }

    private static String taken(Map<String, String> variables, String name) {
        String text = variables.remove(name);
        return text == null ? "" : text;
    }

    private void add(List<Given> given, Variable variable, String where, String text, String file) {
        String at = file.isEmpty() ? where : where + "_FILE";
        try {
            if (!file.isEmpty() && !text.isEmpty()) {
                throw new Wrong(where + " is set too");
            }
            if (!file.isEmpty()) {
                given.add(inFile(variable, at, file));
            } else if (!text.isEmpty()) {
                given.add(Given.of(variable.path(), at, variable.kind(), text));
            }
        } catch (Wrong wrong) {
            faults.add(at, wrong);
        }
    }

    /** Never quotes the name: a secret may stand there by mistake. */
    private static Given inFile(Variable variable, String at, String file) throws Wrong {
        byte[] bytes = new byte[MAX_SECRET + 1];
        CharBuffer text = CharBuffer.allocate(0);
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            int length = in.readNBytes(bytes, 0, bytes.length);
            text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, length));
            CharSequence secret = stripped(text);
            if (length > MAX_SECRET || secret.isEmpty()) {
                throw new Wrong("the file is empty or longer than " + MAX_SECRET + " bytes");
            }
            return Given.of(variable.path(), at, variable.kind(), secret);
        } catch (InvalidPathException e) {
            throw new Wrong("is not a path");
        } catch (IOException e) {
            throw new Wrong(FileFault.of(Path.of(file)));
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(text.array(), '\0');
        }
    }

    private static CharSequence stripped(CharBuffer text) {
        int from = 0;
        int to = text.length();
        while (from < to && Character.isWhitespace(text.charAt(from))) {
            from++;
        }
        while (from < to && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        return text.subSequence(from, to);
    }

    private static String names() {
        return VARIABLES.stream()
                .map(variable -> variable.name() + (variable.secret() ? "[_FILE]" : ""))
                .collect(Collectors.joining(", "));
    }
}
