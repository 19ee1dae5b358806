package org.nostrmonitor.http.view;

import java.util.List;
import org.nostrmonitor.storage.Statistics.Place;
import org.nostrmonitor.storage.Statistics.Shape;

/**
 * Where relays that are up are: a circle for each field of one degree, with as much area as there are relays. In the box of the
 * template {@code tag/land}: x = (lon + 170) / 2, y = (78 - lat) / 1.6.
 *
 * @param note what is not on it
 */
public record WorldMap(List<Circle> circles, String note) {
    private static final int MOST = 300;
    private static final double LARGEST = 3.2;
    private static final double LARGEST_OF_ONE = 1;
    private static final double SMALLEST = 0.4;
    private static final int NEAR_KM = 100;

    public WorldMap {
        circles = List.copyOf(circles);
    }

    /** @param title the place and its relays in words */
    public record Circle(String x, String y, String r, String href, String title) {}

    static WorldMap of(Shape shape) {
        List<Place> up = shape.places().stream().filter(place -> place.up() > 0).toList();
        List<Place> drawn = up.stream().limit(MOST).toList();
        int most = drawn.stream().mapToInt(Place::up).max().orElse(1);
        double scale = Math.min(LARGEST / Math.sqrt(most), LARGEST_OF_ONE);
        return new WorldMap(drawn.stream().map(place -> circle(place, scale)).toList(), note(shape, drawn));
    }

    private static Circle circle(Place place, double scale) {
        double r = Math.max(SMALLEST, scale * Math.sqrt(place.up()));
        return new Circle(
                number((place.lon() + 170 + (place.lon() < -170 ? 360 : 0)) / 2),
                number((78 - place.lat()) / 1.6),
                number(r),
                "/relays?near=" + Numbers.fixed(place.lat(), 2) + "%2C" + Numbers.fixed(place.lon(), 2) + "&km="
                        + NEAR_KM,
                title(place));
    }

    private static String title(Place place) {
        return degrees(place.lat(), "N", "S") + " " + degrees(place.lon(), "E", "W") + ": " + Numbers.count(place.up())
                + " of " + Numbers.plural(place.relays(), "relay is", "relays are") + " up";
    }

    private static String degrees(double angle, String positive, String negative) {
        return Numbers.fixed(Math.abs(angle), 1) + "° " + (angle < 0 ? negative : positive);
    }

    private static String note(Shape shape, List<Place> drawn) {
        int shown = drawn.stream().mapToInt(Place::up).sum();
        int placeless = shape.up() - shape.located();
        StringBuilder note = new StringBuilder();
        if (shape.located() > shown) {
            note.append(Numbers.plural(shape.located() - shown, "more relay is", "more relays are"))
                    .append(" in places with fewer, which are not drawn. ");
        }
        if (placeless > 0) {
            note.append(Numbers.plural(placeless, "relay that is up is", "relays that are up are"))
                    .append(
                            " not placed: behind an address that is in many places, reached through Tor, I2P or Lokinet,"
                                    + " or not known to the address database. ");
        }
        return note.append(
                        "Positions come from address databases and are rough. The list of countries has the same data.")
                .toString();
    }

    private static String number(double value) {
        return Numbers.fixed(value, 1);
    }
}
