package org.nostrmonitor.testing;

import static org.nostrmonitor.testing.Await.await;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** All that stands in the databases now, as text. */
public final class StoredTexts {
    private StoredTexts() {}

    /** Every key of Redis with its value. Returns how many there are. */
    public static int inRedis(Vertx vertx, String uri, BiConsumer<String, String> look) {
        Redis client = Redis.createClient(vertx, uri);
        try {
            Response keys = await(client.send(Request.cmd(Command.KEYS).arg("*")));
            keys.forEach(key -> look.accept("Redis " + key, key + " " + value(client, key.toString())));
            return keys.size();
        } finally {
            await(client.close());
        }
    }

    private static Response value(Redis client, String key) {
        String type = await(client.send(Request.cmd(Command.TYPE).arg(key))).toString();
        Request request = switch (type) {
            case "string" -> Request.cmd(Command.GET).arg(key);
            case "hash" -> Request.cmd(Command.HGETALL).arg(key);
            case "set" -> Request.cmd(Command.SMEMBERS).arg(key);
            case "list" -> Request.cmd(Command.LRANGE).arg(key).arg(0).arg(-1);
            case "zset" -> Request.cmd(Command.ZRANGE).arg(key).arg(0).arg(-1);
            default -> throw new AssertionError(key + " is a " + type);
        };
        return await(client.send(request));
    }

    /** Every table of PostgreSQL with its rows. Returns how many there are. */
    public static int inPostgres(String jdbcUrl, BiConsumer<String, String> look) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            List<String> tables = column(
                    statement,
                    "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                            + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')");
            for (String table : tables) {
                look.accept(table, String.join("\n", column(statement, "SELECT t::text FROM " + table + " t")));
            }
            return tables.size();
        }
    }

    private static List<String> column(Statement statement, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
        }
        return values;
    }
}
