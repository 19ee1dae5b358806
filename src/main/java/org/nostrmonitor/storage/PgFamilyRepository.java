package org.nostrmonitor.storage;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.nostr.Nip11;
import org.nostrmonitor.nostr.ProtocolException;
import org.nostrmonitor.relay.InvalidRelayUrl;
import org.nostrmonitor.relay.RelayUrl;

/** The columns {@code alias_*} of {@code relays}. */
public final class PgFamilyRepository implements FamilyRepository {
    private static final int PAGE = 500;
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    /** Of each relay the newest document of any region; of these the ones that several have, or that name a key of their own. */
    private static final String TOLD = """
            WITH newest AS (
                SELECT DISTINCT ON (c.relay_id) c.relay_id, c.document
                FROM relay_current c JOIN relays r ON r.id = c.relay_id AND r.enabled
                WHERE c.document IS NOT NULL
                ORDER BY c.relay_id, c.nip11_passed_at DESC NULLS LAST, c.region),
            told AS (
                SELECT document FROM newest GROUP BY document HAVING count(*) > 1
                UNION SELECT hash FROM relay_documents WHERE body LIKE '%"self"%')
            """;

    private static final String DOCUMENTS = TOLD + """
            SELECT encode(t.document, 'hex') AS document, d.body
            FROM told t JOIN relay_documents d ON d.hash = t.document""";

    /** Reports are searched as text: a stranger's words in them may hold what PostgreSQL's functions for JSON fail at. */
    private static final String MEMBERS = TOLD + """
            SELECT r.id, r.url, r.added_at, s.state IN (1, 2) AS up, s.since, s.checked_at,
                encode(n.document, 'hex') AS document,
                (SELECT string_agg(concat(substring(c.report::text FROM '"addresses":\\[([^\\]\\\\]*)\\]'),
                                          substring(c.report::text FROM '"address":("[^"\\\\]*")')), '')
                 FROM relay_current c WHERE c.relay_id = r.id) AS addresses
            FROM newest n JOIN told USING (document)
            JOIN relays r ON r.id = n.relay_id JOIN relay_summary s ON s.relay_id = r.id
            WHERE s.checked_at IS NOT NULL
            ORDER BY r.id LIMIT 200000""";

    /** One node at a time: two that change the same rows would wait for one another. */
    private static final String TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtext('families'))";

    private static final String NO_MORE = """
            UPDATE relays SET alias_of = NULL, alias_why = NULL, alias_since = NULL
            WHERE (alias_of IS NOT NULL OR alias_why IS NOT NULL) AND NOT id = ANY ($1::integer[])""";

    private static final String ALIASES = """
            UPDATE relays r SET alias_of = given.head, alias_why = given.why,
                alias_since = CASE WHEN r.alias_of = given.head THEN r.alias_since ELSE $4::timestamptz END
            FROM unnest($1::integer[], $2::integer[], $3::text[]) AS given (id, head, why)
            WHERE r.id = given.id AND (r.alias_of, r.alias_why) IS DISTINCT FROM (given.head, given.why)
                AND EXISTS (SELECT 1 FROM relays c WHERE c.id = given.head)""";

    private final Database database;
    private final InvalidStored invalid = new InvalidStored();

    public PgFamilyRepository(Database database) {
        this.database = database;
    }

    private record Told(boolean named, @Nullable String self) {
        static final Told NOTHING = new Told(false, null);

        static Told of(String body) {
            try {
                Nip11 read = Nip11.parse(body);
                return new Told(read.name() != null && read.pubkey() != null, read.self());
            } catch (ProtocolException e) {
                return NOTHING;
            }
        }
    }

    @Override
    public Future<List<Member>> members() {
        Map<String, Told> told = new HashMap<>();
        List<Member> members = new ArrayList<>();
        return database.readPages(DOCUMENTS, Tuple.tuple(), PAGE, rows -> offLoop(() -> readDocuments(rows, told)))
                .compose(read -> database.readPages(
                        MEMBERS, Tuple.tuple(), PAGE, rows -> offLoop(() -> readMembers(rows, told, members))))
                .map(read -> members);
    }

    /** Pages come one after the other. */
    private Future<Void> offLoop(Runnable work) {
        return database.vertx().executeBlocking(() -> {
            work.run();
            return null;
        });
    }

    private static void readDocuments(RowSet<Row> rows, Map<String, Told> told) {
        rows.forEach(row -> told.put(row.getString("document"), Told.of(row.getString("body"))));
    }

    private void readMembers(RowSet<Row> rows, Map<String, Told> told, List<Member> members) {
        for (Row row : rows) {
            try {
                members.add(member(row, told.getOrDefault(row.getString("document"), Told.NOTHING)));
            } catch (InvalidRelayUrl e) {
                invalid.say(row.getInteger("id"), e);
            }
        }
    }

    private static Member member(Row row, Told told) throws InvalidRelayUrl {
        return new Member(
                row.getInteger("id"),
                RelayUrl.parse(row.getString("url")),
                Columns.when(row, "added_at"),
                row.getBoolean("up"),
                Columns.when(row, "since"),
                Columns.when(row, "checked_at"),
                row.getString("document"),
                told.named(),
                told.self(),
                addresses(row.getString("addresses")));
    }

    private static Set<String> addresses(@Nullable String quoted) {
        Set<String> addresses = new HashSet<>();
        if (quoted != null) {
            Matcher each = QUOTED.matcher(quoted);
            while (each.find()) {
                addresses.add(each.group(1));
            }
        }
        return addresses;
    }

    @Override
    public Future<Integer> replace(Collection<Alias> aliases, Instant now) {
        List<Alias> rows = List.copyOf(aliases);
        Object ids = Columns.ints(rows, Alias::id);
        return database.transaction(connection -> Database.run(connection, TAKE_TURNS)
                .compose(turn -> Database.run(connection, NO_MORE, ids))
                .compose(freed -> Database.run(
                                connection,
                                ALIASES,
                                ids,
                                Columns.ints(rows, Alias::of),
                                Columns.texts(rows, Alias::why),
                                Columns.time(now))
                        .map(bound -> freed.rowCount() + bound.rowCount())));
    }
}
