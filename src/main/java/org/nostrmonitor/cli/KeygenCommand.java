package org.nostrmonitor.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.nostr.KeyFileException;
import org.nostrmonitor.nostr.Ncryptsec;
import org.nostrmonitor.nostr.Nip19;
import org.nostrmonitor.nostr.Password;
import org.nostrmonitor.nostr.SecretKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a key for a monitor. */
@Command(name = "keygen", mixinStandardHelpOptions = true, description = "Make a key for a monitor.")
public final class KeygenCommand implements Callable<Integer> {
    private static final int LEAST_LOG_N = 10;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "write the secret there, readable by its owner alone, and print only the public key")
    private @Nullable Path file;

    @Option(names = "--ncryptsec", description = "encrypt the secret with the password in --password-file (NIP-49)")
    private boolean encrypted;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "a file with the password in one line, readable by its owner alone")
    private @Nullable Path passwordFile;

    @Option(
            names = "--log-n",
            paramLabel = "N",
            description =
                    "how hard each guess of the password is: 2^N rounds of scrypt and 2^N KiB of memory, 10 to 20; "
                            + "default: ${DEFAULT-VALUE}")
    private int logN = Ncryptsec.USUAL_LOG_N;

    @Override
    public Integer call() {
        if (encrypted != (passwordFile != null)) {
            throw wrong("--ncryptsec and --password-file belong together");
        }
        if (logN < LEAST_LOG_N || logN > Ncryptsec.MAX_LOG_N) {
            throw wrong("--log-n must be " + LEAST_LOG_N + " to " + Ncryptsec.MAX_LOG_N);
        }
        SecretKey key = SecretKey.random();
        String secret = passwordFile == null ? key.nsec() : encrypted(key, passwordFile);
        if (file != null) {
            write(secret, file);
        }
        Output.out(spec).println("npub  " + Nip19.npub(key.publicKey()));
        Output.out(spec).println("hex   " + key.publicKey());
        if (file == null) {
            Output.out(spec).println(encrypted ? secret : "nsec  " + secret);
        }
        return ExitCode.OK;
    }

    private String encrypted(SecretKey key, Path from) {
        try (Password password = Password.load(from)) {
            return Ncryptsec.encrypt(key, password, logN);
        } catch (KeyFileException e) {
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private ParameterException wrong(String what) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), what);
    }

    /** Made with its mode, so that it is never open to others; a key that is there is never overwritten. */
    private static void write(String secret, Path file) {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(file, options, ownerOnly))) {
            out.write((secret + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (FileAlreadyExistsException e) {
            throw new StartFailure(file + ": there is such a file already; it was left as it is", e);
        } catch (IOException e) {
            throw new StartFailure(file + ": cannot be written", e);
        }
    }
}
