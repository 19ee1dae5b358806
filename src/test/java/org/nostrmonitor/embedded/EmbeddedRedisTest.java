package org.nostrmonitor.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {
    @TempDir
    Path directory;

    @Test
    void answersOnlyToItsPassword() throws Exception {
        EmbeddedRedis redis = EmbeddedRedis.start(directory);
        try {
            URI uri = URI.create(redis.uri());
            assertThat(uri.getHost()).isEqualTo("127.0.0.1");
            assertThat(RedisPing.answers(uri.getPort(), uri.getUserInfo().substring(1)))
                    .isTrue();
            assertThat(RedisPing.answers(uri.getPort(), "wrong")).isFalse();
        } finally {
            redis.stop();
        }
    }

    @Test
    void keepsItsPasswordFromOthers() throws Exception {
        EmbeddedRedis.start(directory).stop();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("redis/redis.conf"))))
                .isEqualTo("rw-------");
    }

    @Test
    void endsWhenStopped() throws Exception {
        EmbeddedRedis redis = EmbeddedRedis.start(directory);
        redis.stop();
        assertThat(ProcessHandle.of(redis.pid())).isEmpty();
        redis.stop();
    }

    @Test
    void runsAgainWhereItWasAfterItWasKilled() throws Exception {
        EmbeddedRedis redis = EmbeddedRedis.start(directory);
        String uri = redis.uri();
        ProcessHandle killed = ProcessHandle.of(redis.pid()).orElseThrow();
        killed.destroyForcibly();
        killed.onExit().get(10, TimeUnit.SECONDS);
        redis.restart();
        try {
            assertThat(redis.uri()).isEqualTo(uri);
            assertThat(RedisPing.answers(
                            URI.create(uri).getPort(),
                            URI.create(uri).getUserInfo().substring(1)))
                    .isTrue();
        } finally {
            redis.stop();
        }
    }

    @Test
    void endsWhatAnEarlierRunLeftBehind() throws Exception {
        EmbeddedRedis leftBehind = EmbeddedRedis.start(directory);
        ProcessHandle process = ProcessHandle.of(leftBehind.pid()).orElseThrow();
        EmbeddedRedis.start(directory).stop();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void sparesAStrangerWithTheOldProcessId() throws Exception {
        EmbeddedRedis.start(directory).stop();
        Process stranger = new ProcessBuilder(List.of("sleep", "60")).start();
        try {
            Files.writeString(directory.resolve("redis/redis.pid"), stranger.pid() + "\n");
            EmbeddedRedis.start(directory).stop();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void diesWithAParentThatIsKilled() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ProcessHandle redis = ProcessHandle.of(redisPid(parent)).orElseThrow();
        parent.destroyForcibly();
        redis.onExit().get(10, TimeUnit.SECONDS);
        assertThat(redis.isAlive()).isFalse();
    }

    private static long redisPid(Process parent) throws Exception {
        for (String line = ""; line != null; line = parent.inputReader().readLine()) {
            if (line.startsWith("redis ")) {
                return Long.parseLong(line.substring(6));
            }
        }
        throw new AssertionError("the parent ended");
    }

    /** Another process that starts a Redis, says which, and lives until it is killed. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws Exception {
            System.out.println("redis " + EmbeddedRedis.start(Path.of(args[0])).pid());
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }
}
