package org.nostrmonitor.bus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Hands a record to a consumer of this process as it is, and to other nodes as JSON. */
final class JsonCodec<T extends Record> implements MessageCodec<T, T> {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().addModule(InstantModule.create()).build();

    private final Class<T> type;

    JsonCodec(Class<T> type) {
        this.type = type;
    }

    @Override
    public void encodeToWire(Buffer buffer, T message) {
        try {
            byte[] json = MAPPER.writeValueAsString(message).getBytes(StandardCharsets.UTF_8);
            buffer.appendInt(json.length).appendBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(type + " cannot be written as JSON", e);
        }
    }

    @Override
    public T decodeFromWire(int position, Buffer buffer) {
        int length = buffer.getInt(position);
        String json = buffer.getString(position + Integer.BYTES, position + Integer.BYTES + length, "UTF-8");
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("another node sent what is no " + type, e);
        }
    }

    @Override
    public T transform(T message) {
        return message;
    }

    @Override
    public String name() {
        return type.getName();
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }

    /** Instants as ISO-8601 text. */
    private static final class InstantModule {
        static com.fasterxml.jackson.databind.module.SimpleModule create() {
            var module = new com.fasterxml.jackson.databind.module.SimpleModule();
            module.addSerializer(Instant.class, com.fasterxml.jackson.databind.ser.std.ToStringSerializer.instance);
            module.addDeserializer(
                    Instant.class,
                    new com.fasterxml.jackson.databind.deser.std.FromStringDeserializer<Instant>(Instant.class) {
                        private static final long serialVersionUID = 1;

                        @Override
                        protected Instant _deserialize(
                                String value, com.fasterxml.jackson.databind.DeserializationContext context) {
                            return Instant.parse(value);
                        }
                    });
            return module;
        }
    }
}
