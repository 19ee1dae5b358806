package org.nostrmonitor.http.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter of the list: links, one for each choice. What can be chosen several times, or is typed, has one without choices for
 * each that is set.
 *
 * @param set what is chosen, or null
 * @param clear the list without this filter; empty if it is not set
 * @param note what the numbers of the choices count, or null if they have none
 */
public record Filter(
        String name,
        @Nullable Said set,
        String clear,
        List<Choice> choices,
        @Nullable String note) {
    public Filter {
        choices = List.copyOf(choices);
    }

    /** @param count how many relays the list then has, or null if that is not known without counting */
    public record Choice(
            Said label,
            @Nullable StateMark mark,
            String href,
            boolean current,
            @Nullable String count) {}

    /** One that is set and offers no other choice. */
    static Filter typed(String name, String set, SearchUrl without) {
        return new Filter(name, Said.of(set), without.href(), List.of(), null);
    }

    /** Its name with what is set, for those who hear the page. */
    public String whole() {
        return set == null ? name : name + " " + set.flat();
    }
}
