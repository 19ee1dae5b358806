package org.nostrmonitor.http.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.Network;
import org.nostrmonitor.storage.History.Up;
import org.nostrmonitor.storage.RelayViews.Item;
import org.nostrmonitor.storage.Traits;

/** What is known of several relays, a row for each thing. */
public final class CompareTable {
    private static final int LONGEST = 120;

    private final List<Compared> relays;
    private final Instant now;

    private CompareTable(List<Compared> relays, Instant now) {
        this.relays = relays;
        this.now = now;
    }

    /** @param note where it comes from */
    public record Group(String id, String name, String note, List<Row> rows) {}

    /** @param same whether all say the same */
    public record Row(String name, List<Cell> cells, boolean same) {}

    /** @param said null if it is not known or was not measured; {@code unit} empty for none */
    public record Cell(String letter, @Nullable Said said, String unit) {}

    static List<Group> of(List<Compared> relays, Instant now) {
        CompareTable table = new CompareTable(relays, now);
        return List.of(
                new Group("seen", "Seen", "what our checks found", table.seen()),
                new Group("asked", "Asked of users", "as seen, else as claimed", table.asked()),
                new Group("said", "Said", "what they claim of themselves", table.claimed()));
    }

    private List<Row> seen() {
        return List.of(
                state(),
                uptime("Uptime 24 h", relay -> relay.uptimes().day()),
                uptime("Uptime 7 d", relay -> relay.uptimes().week()),
                uptime("Uptime 30 d", relay -> relay.uptimes().month()),
                uptime("Uptime 1 y", relay -> relay.uptimes().year()),
                time("Opened in, last check", Item::open),
                time("Answered in", Item::read),
                time("Accepted in", Item::write),
                text("Network", item -> Networks.name(item.url().network())),
                text("Country", item -> country(item)),
                text(
                        "Announced by",
                        item -> item.traits().asn() == null
                                ? null
                                : "AS" + item.traits().asn()),
                text(
                        "Watched since",
                        item -> item.traits().addedAt() == null
                                ? null
                                : Filters.day(item.traits().addedAt())));
    }

    private static @Nullable String country(Item item) {
        String country = item.traits().country();
        return country == null || item.url().network() != Network.CLEARNET ? null : Countries.name(country);
    }

    private List<Row> asked() {
        return List.of(
                text(
                        "Our write",
                        item -> item.writable() == null ? null : item.writable() ? "accepted" : "not accepted"),
                required("Authentication", Traits::auth),
                required("Payment", Traits::payment),
                required("Proof of work", Traits::pow),
                required("Other limits of writes", Traits::restricted));
    }

    private List<Row> claimed() {
        return List.of(
                text("Name", Item::name),
                text("Software", item -> item.software() == null ? null : Software.shortName(item.software())),
                text("NIPs", item -> list(item.traits().nips())),
                text("Tags", item -> list(item.traits().tags())));
    }

    private static @Nullable String list(List<?> values) {
        return values.isEmpty() ? null : values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private Row state() {
        return text("State", item -> {
            String trouble = RelayRow.trouble(item, now);
            return trouble == null
                    ? "Online since " + When.of(item.since(), now).text()
                    : trouble;
        });
    }

    private Row uptime(String name, Function<Compared, Up> uptime) {
        return row(
                name,
                relay -> {
                    Up up = uptime.apply(relay);
                    return up.known().isZero()
                            ? null
                            : Numbers.percent(up.up().toSeconds(), up.known().toSeconds(), 2);
                },
                "%");
    }

    private Row time(String name, Function<Item, @Nullable Duration> time) {
        return row(name, relay -> Numbers.msOrNull(time.apply(relay.detail().item())), "ms");
    }

    private Row required(String name, Function<Traits, @Nullable Boolean> asks) {
        return text(name, item -> {
            Boolean asked = asks.apply(item.traits());
            return asked == null ? null : asked ? "yes" : "no";
        });
    }

    private Row text(String name, Function<Item, @Nullable String> text) {
        return row(name, relay -> text.apply(relay.detail().item()), "");
    }

    private Row row(String name, Function<Compared, @Nullable String> value, String unit) {
        List<Cell> cells = new ArrayList<>();
        for (Compared relay : relays) {
            String text = value.apply(relay);
            Said said = text == null || text.isBlank() ? null : Said.of(text, LONGEST, "…");
            cells.add(new Cell(ComparePage.letter(cells.size()), said, unit));
        }
        boolean same = cells.size() > 1
                && cells.stream()
                                .map(Cell::said)
                                .map(String::valueOf)
                                .distinct()
                                .count()
                        == 1;
        return new Row(name, cells, same);
    }
}
