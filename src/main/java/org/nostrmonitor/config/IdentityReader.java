package org.nostrmonitor.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The section {@code monitor} of a configuration. */
final class IdentityReader {
    private IdentityReader() {}

    static Identity read(Section section) {
        Identity none = Identity.DEFAULT;
        Identity identity = new Identity(
                section.optional("keyFile", Readings.path()),
                section.notInFile(
                        "secretKey",
                        Readings.secret().then(Formats::secretKey),
                        "use keyFile, NOSTR_MONITOR_SECRET_KEY or NOSTR_MONITOR_SECRET_KEY_FILE"),
                section.optional("keyPasswordFile", Readings.path().then(FileFault::readable)),
                section.read(
                        "retiredKeyFiles",
                        none.retiredKeyFiles(),
                        Readings.list(Readings.path().then(FileFault::readable))),
                section.read("name", none.name(), Readings.text(100)),
                section.read("about", none.about(), Readings.text(1_000)),
                section.optional("picture", Readings.text(1_000).then(Formats::webUrl)),
                section.optional("contact", Readings.text(300)),
                section.optional("geohash", Readings.text(100).then(Formats::geohash)),
                regions(section));
        section.end();
        return identity;
    }

    private static Map<String, Identity.Region> regions(Section monitor) {
        Section section = monitor.section("regions");
        Map<String, Identity.Region> regions = new LinkedHashMap<>();
        section.names(Formats::region).forEach(name -> regions.put(name, region(section, name)));
        section.end();
        return regions;
    }

    private static Identity.Region region(Section regions, String name) {
        Section section = regions.section(name);
        String publicKey = section.optional("publicKey", Readings.text(100).then(Formats::publicKey));
        Path keyFile = section.optional("keyFile", Readings.path().then(FileFault::readable));
        String geohash = section.optional("geohash", Readings.text(100).then(Formats::geohash));
        section.end();
        if (!section.has("publicKey") && !section.has("keyFile") && regions.isObject(name)) {
            regions.fault(name, "needs a publicKey or a keyFile: without one, leave the region out");
        }
        return new Identity.Region(publicKey, keyFile, geohash);
    }
}
