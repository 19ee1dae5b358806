package org.nostrmonitor.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration, strictly: JSON file under environment under flags. An unknown key, a wrong type or a bad value is a
 * fault; all of them are found and told. Relative paths, in the file too, are relative to the working directory.
 *
 * <p>Reads files: not for an event loop.
 */
public final class ConfigLoader {
    private final Map<String, String> environment;

    /** @param environment all variables of the process; those that begin with {@code NOSTR_MONITOR_} are ours */
    public ConfigLoader(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads and checks a configuration that is no file, and that nothing else overrules.
     *
     * @param json an object
     * @throws InvalidConfig with every fault that was found
     */
    public static MonitorConfig parse(String json) throws InvalidConfig {
        Faults faults = new Faults();
        MonitorConfig config =
                ConfigReader.read(Section.root(new JsonSource(faults).read("settings", json), List.of(), faults));
        faults.throwIfAny();
        return config;
    }

    /**
     * Reads and checks.
     *
     * @param file null for none: then everything has its default
     * @throws InvalidConfig with every fault that was found
     */
    public MonitorConfig load(@Nullable Path file, Flags flags) throws InvalidConfig {
        Faults faults = new Faults();
        ObjectNode root = file == null ? JsonNodeFactory.instance.objectNode() : new JsonSource(faults).read(file);
        List<Given> given = new ArrayList<>(new Environment(environment, faults).read());
        given.addAll(flags.given(faults));
        MonitorConfig config = ConfigReader.read(Section.root(root, given, faults));
        faults.throwIfAny();
        return config;
    }
}
