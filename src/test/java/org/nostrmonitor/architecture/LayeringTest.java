package org.nostrmonitor.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arrows only go down: features over the kernel, the kernel over {@code relay}. */
@AnalyzeClasses(packages = "org.nostrmonitor", importOptions = DoNotIncludeTests.class)
class LayeringTest {
    private static final String[] FEATURES = {
        "schedule",
        "consume",
        "probe",
        "publish",
        "coordinate",
        "http",
        "embedded",
        "simulator",
        "relayserver",
        "discover"
    };

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("org.nostrmonitor.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule relayKnowsOnlyTheJdk = classes()
            .that()
            .resideInAPackage("..nostrmonitor.relay..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "..nostrmonitor.relay..");

    @ArchTest
    static final ArchRule configKnowsRelay = knowsOfOurs("config", "relay");

    @ArchTest
    static final ArchRule wireKnowsRelay = knowsOfOurs("wire", "relay");

    @ArchTest
    static final ArchRule nostrKnowsRelay = knowsOfOurs("nostr", "relay");

    @ArchTest
    static final ArchRule busKnowsRelay = knowsOfOurs("bus", "relay");

    @ArchTest
    static final ArchRule linkKnowsNostr = knowsOfOurs("link", "relay", "nostr");

    @ArchTest
    static final ArchRule queueKnowsRelay = knowsOfOurs("queue", "relay", "wire");

    @ArchTest
    static final ArchRule cacheKnowsRelay = knowsOfOurs("cache", "relay", "wire");

    @ArchTest
    static final ArchRule storageKnowsEventsAndSettings = knowsOfOurs("storage", "relay", "wire", "nostr", "config");

    @ArchTest
    static final ArchRule nip66KnowsNostr = knowsOfOurs("nip66", "relay", "nostr");

    @ArchTest
    static final ArchRule keysKnowSettingsAndNostr = knowsOfOurs("keys", "relay", "config", "nostr");

    @ArchTest
    static final ArchRule featuresDoNotKnowOneAnother = features();

    @ArchTest
    static final ArchRule onlyMonitorAndItsWorkNameVerticles = classes()
            .that()
            .haveSimpleNameEndingWith("Verticle")
            .should()
            .onlyHaveDependentClassesThat(JavaClass.Predicates.simpleName("Monitor")
                    .or(JavaClass.Predicates.simpleName("Work"))
                    .or(JavaClass.Predicates.simpleNameEndingWith("Verticle")));

    @ArchTest
    static final ArchRule onlyTheBusTouchesTheEventBus = noClasses()
            .that()
            .resideOutsideOfPackage("..nostrmonitor.bus..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.vertx.core.eventbus.EventBus");

    private static ArchRule knowsOfOurs(String layer, String... below) {
        List<String> allowed = new ArrayList<>(List.of(layer));
        allowed.addAll(Arrays.asList(below));
        return noClasses()
                .that()
                .resideInAPackage(ours(layer))
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.nostrmonitor..")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(
                                allowed.stream().map(LayeringTest::ours).toArray(String[]::new))))
                .allowEmptyShould(true);
    }

    private static ArchRule features() {
        ArchRule rule = null;
        for (String feature : FEATURES) {
            String[] others = Arrays.stream(FEATURES)
                    .filter(other -> !other.equals(feature))
                    .map(LayeringTest::ours)
                    .toArray(String[]::new);
            ArchRule one = noClasses()
                    .that()
                    .resideInAPackage(ours(feature))
                    .should(ArchConditions.dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(others)))
                    .allowEmptyShould(true);
            rule = rule == null
                    ? one
                    : com.tngtech.archunit.lang.CompositeArchRule.of(rule).and(one);
        }
        return rule;
    }

    private static String ours(String layer) {
        return "org.nostrmonitor." + layer + "..";
    }
}
