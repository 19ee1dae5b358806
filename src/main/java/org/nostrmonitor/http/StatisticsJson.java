package org.nostrmonitor.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.storage.Statistics.Day;
import org.nostrmonitor.storage.Statistics.Place;
import org.nostrmonitor.storage.Statistics.Series;
import org.nostrmonitor.storage.Statistics.Shape;
import org.nostrmonitor.storage.Statistics.Tallies;

/** What relays have in common, as {@code openapi.yaml} describes it. */
final class StatisticsJson {
    private StatisticsJson() {}

    static JsonObject tallies(Tallies tallies) {
        return new JsonObject()
                .put("kind", tallies.kind().name().toLowerCase(Locale.ROOT))
                .put("everyDays", tallies.everyDays())
                .put(
                        "days",
                        new JsonArray(
                                tallies.days().stream().map(StatisticsJson::day).toList()))
                .put(
                        "items",
                        new JsonArray(tallies.series().stream()
                                .map(StatisticsJson::series)
                                .toList()));
    }

    private static JsonObject day(Day day) {
        return new JsonObject()
                .put("day", day.day().toString())
                .put("takenAt", day.takenAt().toString())
                .put("up", day.up())
                .put("told", day.told())
                .put("different", day.different());
    }

    private static JsonObject series(Series series) {
        JsonArray relays = new JsonArray();
        series.relays().forEach(relays::add);
        return new JsonObject()
                .put("what", series.what())
                .put("name", series.name())
                .put("relays", relays);
    }

    static JsonObject shape(@Nullable Shape shape) {
        if (shape == null) {
            return new JsonObject()
                    .putNull("takenAt")
                    .putNull("up")
                    .putNull("openMs")
                    .putNull("countries")
                    .putNull("places");
        }
        return new JsonObject()
                .put("takenAt", shape.takenAt().toString())
                .put("up", shape.up())
                .put(
                        "openMs",
                        new JsonObject()
                                .put("bounds", new JsonArray(Shape.OPEN_BOUNDS_MS))
                                .put("relays", new JsonArray(shape.opens())))
                .put(
                        "countries",
                        new JsonObject()
                                .put("told", shape.inCountry())
                                .put("different", shape.differentCountries())
                                .put(
                                        "most",
                                        new JsonArray(shape.countries().stream()
                                                .map(one -> new JsonObject()
                                                        .put("country", one.what())
                                                        .put("relays", one.relays()))
                                                .toList())))
                .put("places", places(shape.located(), shape.places()));
    }

    private static JsonObject places(int located, List<Place> places) {
        return new JsonObject()
                .put("located", located)
                .put(
                        "cells",
                        new JsonArray(places.stream()
                                .map(place -> new JsonObject()
                                        .put("lat", place.lat())
                                        .put("lon", place.lon())
                                        .put("relays", place.relays())
                                        .put("up", place.up()))
                                .toList()));
    }
}
