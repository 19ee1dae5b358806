package org.nostrmonitor.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to work on a data directory, held by one monitor at a time. The kernel gives it back when the process ends,
 * however it ends. Blocking.
 */
public final class DataDirectoryLock implements AutoCloseable {
    private static final String FILE = "monitor.lock";

    private final FileChannel channel;

    private DataDirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, making the directory if need be.
     *
     * @throws DataDirectoryInUse if another monitor holds it
     * @throws IOException if the directory or the file cannot be made
     */
    public static DataDirectoryLock take(Path dataDirectory) throws IOException {
        Path directory = dataDirectory.toAbsolutePath().normalize();
        Files.createDirectories(directory);
        FileChannel channel = FileChannel.open(
                directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (lock(channel) == null) {
                throw new DataDirectoryInUse(directory, holder(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(pid().getBytes(StandardCharsets.US_ASCII)));
            return new DataDirectoryLock(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String pid() {
        return String.valueOf(ProcessHandle.current().pid());
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(20);
        int length = channel.read(buffer, 0);
        String pid = length <= 0 ? "" : new String(buffer.array(), 0, length, StandardCharsets.US_ASCII);
        return pid.matches("[0-9]+") ? " (process " + pid + ")" : "";
    }

    /** Gives the directory free. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
