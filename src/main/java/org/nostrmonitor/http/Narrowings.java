package org.nostrmonitor.http;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.http.view.BadParameter;
import org.nostrmonitor.storage.Narrowing;
import org.nostrmonitor.storage.Near;

/** The conditions of a list that only the API has, as they stand in a URL. */
final class Narrowings {
    private static final int MOST_OF_A_KIND = 20;
    private static final int HIGHEST_NIP = 65535;
    private static final int LONGEST_TAG = 64;
    private static final long HIGHEST_ASN = 4_294_967_295L;
    private static final int LONGEST_OPEN_MS = 600_000;
    private static final double USUAL_KM = 500;
    private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern SHARE = Pattern.compile("0(\\.[0-9]{1,6})?|1(\\.0{1,6})?");
    private static final Pattern KM = Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,3})?");
    private static final Pattern PLACE =
            Pattern.compile("(-?[0-9]{1,2}(?:\\.[0-9]{1,8})?),(-?[0-9]{1,3}(?:\\.[0-9]{1,8})?)");
    private static final Pattern GEOHASH = Pattern.compile("[0-9bcdefghjkmnpqrstuvwxyz]{1,12}");

    private final MultiMap given;

    private Narrowings(MultiMap given) {
        this.given = given;
    }

    /**
     * Reads the parameters of a URL; an empty one is as good as none.
     *
     * @throws BadParameter if one is not understood
     */
    static Narrowing parse(MultiMap given) {
        Narrowings read = new Narrowings(given);
        return new Narrowing(
                read.nips(),
                read.tags(),
                read.country(),
                read.number("asn", 0, HIGHEST_ASN),
                read.bool("auth"),
                read.bool("payment"),
                read.bool("pow"),
                read.bool("restricted"),
                read.uptime(),
                read.open(),
                Parameters.time("addedSince", read.text("addedSince")),
                read.near());
    }

    private @Nullable String text(String name) {
        String value = given.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private List<String> all(String name) {
        List<String> values =
                given.getAll(name).stream().filter(value -> !value.isEmpty()).toList();
        if (values.size() > MOST_OF_A_KIND) {
            throw new BadParameter(name, "is given more than " + MOST_OF_A_KIND + " times");
        }
        return values;
    }

    private List<Integer> nips() {
        return all("nip").stream()
                .map(value -> (int) number("nip", value, 0, HIGHEST_NIP))
                .distinct()
                .toList();
    }

    private List<String> tags() {
        List<String> tags = all("tag");
        if (tags.stream()
                .anyMatch(tag -> tag.length() > LONGEST_TAG || tag.chars().anyMatch(Character::isISOControl))) {
            throw new BadParameter("tag", "is not a text of 1 to " + LONGEST_TAG + " characters");
        }
        return tags.stream().map(tag -> tag.strip().toLowerCase(Locale.ROOT)).toList();
    }

    private @Nullable String country() {
        String country = text("country");
        if (country != null && !COUNTRY.matcher(country).matches()) {
            throw new BadParameter("country", "is not two letters such as DE");
        }
        return country == null ? null : country.toUpperCase(Locale.ROOT);
    }

    private @Nullable Long number(String name, long least, long most) {
        String value = text(name);
        return value == null ? null : (Long) number(name, value, least, most);
    }

    private static long number(String name, String value, long least, long most) {
        long number = NUMBER.matcher(value).matches() ? Long.parseLong(value) : -1;
        if (number < least || number > most) {
            throw new BadParameter(name, "is not a number from " + least + " to " + most);
        }
        return number;
    }

    private @Nullable Boolean bool(String name) {
        String value = text(name);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            throw new BadParameter(name, "is none of true, false");
        }
        return value == null ? null : Boolean.valueOf(value);
    }

    private @Nullable Double uptime() {
        String value = text("uptime");
        if (value != null && !SHARE.matcher(value).matches()) {
            throw new BadParameter("uptime", "is not a share from 0 to 1, such as 0.99");
        }
        return value == null ? null : Double.valueOf(value);
    }

    private @Nullable Duration open() {
        Long ms = number("openMs", 1, LONGEST_OPEN_MS);
        return ms == null ? null : Duration.ofMillis(ms);
    }

    private @Nullable Near near() {
        String place = text("near");
        String km = text("km");
        if (place == null) {
            if (km != null) {
                throw new BadParameter("km", "says how far from near, and near is not given");
            }
            return null;
        }
        double radius = km == null ? USUAL_KM : KM.matcher(km).matches() ? Double.parseDouble(km) : 0;
        if (!(radius > 0) || radius > Near.FARTHEST_KM) {
            throw new BadParameter("km", "is not a distance above 0, up to " + (int) Near.FARTHEST_KM);
        }
        double[] middle = middle(place);
        if (Math.abs(middle[0]) > 90 || Math.abs(middle[1]) > 180) {
            throw new BadParameter("near", "is not a latitude from -90 to 90 and a longitude from -180 to 180");
        }
        return new Near(middle[0], middle[1], radius);
    }

    private static double[] middle(String place) {
        Matcher pair = PLACE.matcher(place);
        if (pair.matches()) {
            return new double[] {Double.parseDouble(pair.group(1)), Double.parseDouble(pair.group(2))};
        }
        if (!GEOHASH.matcher(place).matches()) {
            throw new BadParameter("near", "is neither latitude and longitude such as 52.5,13.4 nor a geohash");
        }
        return Geohash.middle(place);
    }
}
