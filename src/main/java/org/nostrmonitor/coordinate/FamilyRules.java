package org.nostrmonitor.coordinate;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.relay.RelayUrl;
import org.nostrmonitor.storage.FamilyRepository.Alias;
import org.nostrmonitor.storage.FamilyRepository.Member;

/**
 * Which URLs lead to the same relay. Conservative, since a false alias hides a real relay: relays whose documents differ are
 * never one, unless both name the same key as the relay's own. Pure.
 */
final class FamilyRules {
    static final String SAME_HOST = "the same host and the same NIP-11 document";
    static final String WITHOUT_TLS = "the same host, path and NIP-11 document as with TLS";
    static final String SAME_KEY = "the same key of the relay in NIP-11, and an address in common";
    static final String SAME_DOCUMENT = "the same NIP-11 document with name and operator, and an address in common";

    /** The root of a host first. */
    private static final Comparator<RelayUrl> SHORTEST =
            Comparator.comparingInt((RelayUrl url) -> url.target().length()).thenComparing(RelayUrl::value);

    private static final Comparator<Member> OLDEST =
            Comparator.comparing(Member::addedAt).thenComparing(Member::id);

    private final Map<Integer, Alias> found = new HashMap<>();
    private final List<Member> members;

    private FamilyRules(List<Member> members) {
        this.members = members;
    }

    /** The aliases among the members; none is an alias of an alias. */
    static Collection<Alias> aliases(List<Member> members) {
        FamilyRules rules = new FamilyRules(members);
        rules.pathsOfAHost();
        rules.withoutTls();
        rules.otherHosts(Member::self, SAME_KEY);
        rules.otherHosts(member -> member.named() ? member.document() : null, SAME_DOCUMENT);
        return rules.toHeads();
    }

    private List<Member> heads() {
        return members.stream()
                .filter(member -> !found.containsKey(member.id()))
                .toList();
    }

    private void alias(Member member, Member of, String why) {
        found.put(member.id(), new Alias(member.id(), of.id(), why));
    }

    private void pathsOfAHost() {
        groups(members, FamilyRules::originAndDocument).forEach(group -> {
            Member head = first(group, Comparator.comparing(Member::url, SHORTEST));
            group.stream().filter(member -> member.id() != head.id()).forEach(member -> alias(member, head, SAME_HOST));
        });
    }

    private static String originAndDocument(Member member) {
        RelayUrl url = member.url();
        return url.secure() + " " + url.host() + " " + url.port() + " " + member.document();
    }

    /** The heads of {@code ws://}; whoever is with TLS, be it a head or not, has one. */
    private void withoutTls() {
        Map<String, Member> secure = new HashMap<>();
        members.stream().filter(member -> member.url().secure()).forEach(member -> secure.put(place(member), member));
        Comparator<Member> withTls =
                Comparator.comparing((Member member) -> !member.url().secure());
        for (Member member : heads()) {
            Member twin = member.url().secure() ? null : secure.get(place(member));
            if (twin != null && first(List.of(twin, member), withTls).id() == twin.id()) {
                alias(member, twin, WITHOUT_TLS);
            }
        }
    }

    /** But for TLS. The default ports belong together, and any other with itself. */
    private static String place(Member member) {
        RelayUrl url = member.url();
        boolean usual = url.port() == (url.secure() ? 443 : 80);
        return url.host() + " " + (usual ? "usual" : url.port()) + " " + url.target() + " " + member.document();
    }

    private void otherHosts(Function<Member, @Nullable String> sign, String why) {
        List<Member> signed =
                heads().stream().filter(member -> sign.apply(member) != null).toList();
        groups(signed, member -> String.valueOf(sign.apply(member))).forEach(group -> otherHosts(group, why));
    }

    /** Each is an alias of the first before it that shares an address with it. */
    private void otherHosts(List<Member> group, String why) {
        Map<String, Member> byAddress = new HashMap<>();
        for (Member member : sorted(group, OLDEST)) {
            Member head = member.addresses().stream()
                    .sorted()
                    .map(byAddress::get)
                    .filter(known -> known != null
                            && !known.url().host().equals(member.url().host()))
                    .findFirst()
                    .orElse(null);
            if (head == null) {
                member.addresses().forEach(address -> byAddress.putIfAbsent(address, member));
            } else {
                alias(member, head, why);
            }
        }
    }

    private static Collection<List<Member>> groups(List<Member> members, Function<Member, String> by) {
        Map<String, List<Member>> groups =
                members.stream().collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
        return groups.values().stream().filter(group -> group.size() > 1).toList();
    }

    private static Member first(List<Member> group, Comparator<Member> order) {
        return sorted(group, order).get(0);
    }

    /**
     * Who is up comes first: a relay that is up is not hidden behind one that is not. But an alias is checked rarely, so that
     * it was up counts only if that was seen since the last of them went down.
     */
    private static List<Member> sorted(List<Member> group, Comparator<Member> order) {
        Optional<Instant> lastDown =
                group.stream().filter(member -> !member.up()).map(Member::since).max(Comparator.naturalOrder());
        Comparator<Member> upFirst = Comparator.comparing(member ->
                !member.up() || lastDown.filter(member.checkedAt()::isBefore).isPresent());
        return group.stream().sorted(upFirst.thenComparing(order)).toList();
    }

    private Collection<Alias> toHeads() {
        return found.values().stream()
                .map(alias -> new Alias(alias.id(), head(alias), alias.why()))
                .toList();
    }

    /** An alias of an alias is one of the head: rules only lead from a host to itself with TLS, and from there to older ones. */
    private int head(Alias alias) {
        int of = alias.of();
        for (Alias next = found.get(of); next != null; next = found.get(of)) {
            of = next.of();
        }
        return of;
    }
}
