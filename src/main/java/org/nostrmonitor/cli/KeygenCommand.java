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
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.config.StartFailure;
import org.nostrmonitor.nostr.Nip19;
import org.nostrmonitor.nostr.SecretKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a key for a monitor. */
@Command(name = "keygen", mixinStandardHelpOptions = true, description = "Make a key for a monitor.")
public final class KeygenCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "write the secret there, readable by its owner alone, and print only the public key")
    private @Nullable Path file;

    @Override
    public Integer call() {
        SecretKey key = SecretKey.random();
        if (file != null) {
            write(key, file);
        }
        Output.out(spec).println("npub  " + Nip19.npub(key.publicKey()));
        Output.out(spec).println("hex   " + key.publicKey());
        if (file == null) {
            Output.out(spec).println("nsec  " + key.nsec());
        }
        return ExitCode.OK;
    }

    /** Made with its mode, so that it is never open to others; a key that is there is never overwritten. */
    private static void write(SecretKey key, Path file) {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(file, options, ownerOnly))) {
            out.write((key.nsec() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (FileAlreadyExistsException e) {
            throw new StartFailure(file + ": there is such a file already; it was left as it is", e);
        } catch (IOException e) {
            throw new StartFailure(file + ": cannot be written", e);
        }
    }
}
