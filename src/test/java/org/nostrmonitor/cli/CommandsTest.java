package org.nostrmonitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nostrmonitor.config.MonitorConfig;
import org.nostrmonitor.config.Role;
import org.nostrmonitor.nostr.Nip19;
import org.nostrmonitor.nostr.Password;
import org.nostrmonitor.nostr.SecretKey;

class CommandsTest {
    private static final String BAD = "src/test/resources/config/bad/roles.json";

    @TempDir
    Path directory;

    private final List<MonitorConfig> launched = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final RunCommand run = new RunCommand((config, launcher) -> {
        launched.add(config);
        arguments.addAll(launcher);
        return ExitCode.RUNNING;
    });

    @Test
    void runsWithoutAWord() {
        assertThat(CommandLineRun.of(run).code()).isEqualTo(ExitCode.RUNNING);
        assertThat(launched).containsExactly(MonitorConfig.DEFAULT);
    }

    @Test
    void takesOptionsWithoutTheWordRun() {
        CommandLineRun.of(run, "-conf", "conf/config.json", "-cluster", "--roles", "worker,http", "--http-port=0");

        assertThat(launched.get(0).roles()).containsExactlyInAnyOrder(Role.WORKER, Role.HTTP);
        assertThat(launched.get(0).http().port()).isZero();
        assertThat(launched.get(0).publish().relays()).hasSize(3);
        assertThat(arguments).containsExactly("-cluster");
    }

    @Test
    void handsTheOptionsOfTheLauncherOn() {
        CommandLineRun.of(run, "run", "--cluster", "-cluster-host", "10.0.0.1", "-options", "{}");

        assertThat(arguments).containsExactly("-cluster", "-cluster-host", "10.0.0.1", "-options", "{}");
    }

    @Test
    void doesNotLaunchWithABadConfiguration() {
        CommandLineRun bad = CommandLineRun.of(run, "-conf", BAD);

        assertThat(bad.code()).isEqualTo(2);
        assertThat(bad.err().lines()).hasSize(3).first().asString().startsWith("roles[2]: no role is called \"foo\"");
        assertThat(launched).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(CommandLineRun.of(run, "rum").code()).isEqualTo(2);
        assertThat(CommandLineRun.of(run, "run", "org.example.Verticle").code()).isEqualTo(2);
        assertThat(CommandLineRun.of(run, "-instances", "2").code()).isEqualTo(2);
        assertThat(launched).isEmpty();
    }

    @Test
    void helpNamesTheCommands() {
        CommandLineRun help = CommandLineRun.of(new KeygenCommand(), "--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("[run] | COMMAND", "keygen");
    }

    @Test
    void validatesTheExampleInSilence() {
        assertThat(CommandLineRun.of(new ValidateConfigCommand(), "validate-config", "conf/config.json"))
                .isEqualTo(new CommandLineRun(0, "", ""));
    }

    @Test
    void validateTellsEveryFaultAndExitsWithTwo() {
        CommandLineRun bad = CommandLineRun.of(new ValidateConfigCommand(), "validate-config", BAD);

        assertThat(bad.code()).isEqualTo(2);
        assertThat(bad.err().lines()).hasSize(3);
    }

    @Test
    void keygenPrintsAKeyWhoseHalvesBelongTogether() throws Exception {
        List<String> lines =
                CommandLineRun.of(new KeygenCommand(), "keygen").out().lines().toList();

        SecretKey key = SecretKey.parse(lines.get(2).replace("nsec  ", ""));
        assertThat(lines).startsWith("npub  " + Nip19.npub(key.publicKey()), "hex   " + key.publicKey());
    }

    @Test
    void keygenWritesTheSecretForItsOwnerAloneAndDoesNotPrintIt() throws Exception {
        Path file = directory.resolve("monitor.key");

        CommandLineRun made = CommandLineRun.of(new KeygenCommand(), "keygen", "--file", file.toString());

        assertThat(made.code()).isZero();
        assertThat(made.out()).doesNotContain("nsec");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String publicKey = SecretKey.parse(Files.readString(file).strip()).publicKey();
        assertThat(made.out()).contains("hex   " + publicKey);
    }

    @Test
    void keygenHidesTheSecretBehindAPassword() throws Exception {
        Path password = Files.writeString(directory.resolve("password"), "a long one\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));

        CommandLineRun made = CommandLineRun.of(
                new KeygenCommand(), "keygen", "--ncryptsec", "--password-file", password.toString(), "--log-n", "10");

        List<String> lines = made.out().lines().toList();
        assertThat(made.out()).doesNotContain("nsec1");
        assertThat(SecretKey.parse(lines.get(2), Password.of("a long one")).publicKey())
                .isEqualTo(lines.get(1).replace("hex   ", ""));
    }

    @Test
    void keygenWantsAPasswordForAnNcryptsecAndABoundedEffort() {
        assertThat(CommandLineRun.of(new KeygenCommand(), "keygen", "--ncryptsec")
                        .code())
                .isEqualTo(2);
        assertThat(CommandLineRun.of(new KeygenCommand(), "keygen", "--log-n", "21")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void keygenNeverOverwritesAKey() throws Exception {
        Path file = Files.writeString(directory.resolve("monitor.key"), "mine");

        CommandLineRun again = CommandLineRun.of(new KeygenCommand(), "keygen", "--file", file.toString());

        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err().strip()).isEqualTo(file + ": there is such a file already; it was left as it is");
        assertThat(file).hasContent("mine");
    }
}
