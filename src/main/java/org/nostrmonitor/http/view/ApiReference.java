package org.nostrmonitor.http.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contract of the API in parts that a page can print. {@link ApiReader} reads it.
 *
 * @param intro what holds everywhere
 * @param failures what goes wrong, once for all operations
 * @param shapes the objects that answers are made of
 */
public record ApiReference(Prose intro, List<Group> groups, List<Failure> failures, List<Shape> shapes) {
    public ApiReference {
        groups = List.copyOf(groups);
        failures = List.copyOf(failures);
        shapes = List.copyOf(shapes);
    }

    /** @param id its anchor */
    public record Group(String id, String name, Prose text, List<Operation> operations) {
        public Group {
            operations = List.copyOf(operations);
        }
    }

    /**
     * One way to ask.
     *
     * @param id its name in the contract, and its anchor
     * @param same the operation whose parameters these are, among others of it, or null if they are told here
     * @param errors statuses of {@link Failure}
     */
    public record Operation(
            String id,
            String method,
            String path,
            String summary,
            Prose text,
            boolean guarded,
            List<Field> parameters,
            @Nullable String same,
            @Nullable Body body,
            List<Answer> answers,
            List<String> errors) {
        private static final String GET = "GET";

        public Operation {
            parameters = List.copyOf(parameters);
            answers = List.copyOf(answers);
            errors = List.copyOf(errors);
        }

        /** Short enough for a table of contents: what is usual is left out. */
        public String label() {
            String rest = path.replaceFirst("^/api/v1", "");
            return method.equals(GET) ? rest : method + " " + rest;
        }
    }

    /**
     * A parameter, or a property of an object.
     *
     * @param name with the way to it: {@code regions[].state}; {@code *} stands for any key
     * @param where {@code query}, {@code path} or {@code header}; empty for a property
     * @param needed whether a request cannot do without it
     * @param values what it takes, with bounds and default
     */
    public record Field(String name, String where, boolean needed, List<Piece> values, Prose text) {
        public Field {
            values = List.copyOf(values);
        }
    }

    /** What is sent with a request. */
    public record Body(Prose text, List<Piece> values, List<Field> fields) {
        public Body {
            values = List.copyOf(values);
            fields = List.copyOf(fields);
        }
    }

    /**
     * @param media its type, {@code text/csv}
     * @param values what it is
     * @param fields of which it is made; none where {@code values} leads to them
     */
    public record Answer(
            String status,
            Prose text,
            String media,
            List<Piece> values,
            List<Field> fields,
            @Nullable String example) {
        public Answer {
            values = List.copyOf(values);
            fields = List.copyOf(fields);
        }
    }

    public record Failure(String status, Prose text) {}

    /** @param also the anchors and names of objects whose properties it has, too */
    public record Shape(String id, String name, Prose text, List<Piece> also, List<Field> fields) {
        public Shape {
            also = List.copyOf(also);
            fields = List.copyOf(fields);
        }
    }
}
