package org.nostrmonitor.probe;

import io.netty.util.NetUtil;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** A name server on loopback: answers A and AAAA as a test says, with a TTL of zero (RFC 1035 §4). */
final class FakeDns {
    static final int A = 1;
    static final int AAAA = 28;

    private static final int NXDOMAIN = 3;
    private static final int SERVFAIL = 2;

    private record Answer(int code, List<String> addresses) {}

    /**
     * What is asked.
     *
     * @param bytes name, type and class as they came
     */
    record Question(int id, String name, int type, Buffer bytes) {
        /** The answer to it as an honest server gives it: the addresses of the family that is asked for. */
        Buffer answered(String... addresses) {
            return FakeDns.reply(this, new Answer(0, List.of(addresses)));
        }

        /** Any answer to it: flags, and three sections of {@link #record}s. */
        Buffer saying(int flags, List<Buffer> answers, List<Buffer> authority, List<Buffer> additional) {
            Buffer message = Buffer.buffer()
                    .appendUnsignedShort(id)
                    .appendUnsignedShort(flags)
                    .appendUnsignedShort(1)
                    .appendUnsignedShort(answers.size())
                    .appendUnsignedShort(authority.size())
                    .appendUnsignedShort(additional.size())
                    .appendBuffer(bytes);
            List.of(answers, authority, additional).forEach(section -> section.forEach(message::appendBuffer));
            return message;
        }
    }

    private final DatagramSocket socket;
    private final Map<String, Supplier<Answer>> zone = new ConcurrentHashMap<>();
    private final Map<String, Function<Question, List<Buffer>>> scripts = new ConcurrentHashMap<>();
    private volatile Function<Question, List<Buffer>> otherwise = question -> List.of();
    private final List<String> silent = new CopyOnWriteArrayList<>();
    /** The names asked for, one entry for each query. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    FakeDns(Vertx vertx) {
        socket = vertx.createDatagramSocket();
        socket.handler(this::answer);
        ProbeLab.await(socket.listen(0, "127.0.0.1"));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), socket.localAddress().port());
    }

    FakeDns name(String name, String... addresses) {
        zone.put(name, () -> new Answer(0, List.of(addresses)));
        return this;
    }

    /** Another answer at each look-up, the last one for ever; A and AAAA of one look-up count as one. */
    FakeDns changing(String name, List<String> first, List<String> then) {
        zone.put(name, () -> new Answer(0, asked.stream().filter(name::equals).count() <= 2 ? first : then));
        return this;
    }

    FakeDns missing(String name) {
        zone.put(name, () -> new Answer(NXDOMAIN, List.of()));
        return this;
    }

    /** Does not answer for one type of record. */
    FakeDns silentFor(String name, int type) {
        silent.add(name + type);
        return this;
    }

    FakeDns broken(String name) {
        zone.put(name, () -> new Answer(SERVFAIL, List.of()));
        return this;
    }

    /** Sends what a test makes of the question, however many messages that are. */
    FakeDns scripted(String name, Function<Question, List<Buffer>> script) {
        scripts.put(name, script);
        return this;
    }

    /** The same for all names that are not known here; else they get no answer at all. */
    FakeDns otherwise(Function<Question, List<Buffer>> script) {
        otherwise = script;
        return this;
    }

    /** A record of a message, with a TTL of five minutes. */
    static Buffer record(String name, int type, Buffer content) {
        return labels(name)
                .appendUnsignedShort(type)
                .appendUnsignedShort(1)
                .appendInt(300)
                .appendUnsignedShort(content.length())
                .appendBuffer(content);
    }

    static Buffer labels(String name) {
        Buffer labels = Buffer.buffer();
        for (String label : name.split("\\.", -1)) {
            labels.appendByte((byte) label.length()).appendString(label);
        }
        return labels.appendByte((byte) 0);
    }

    static Buffer address(String literal) {
        return Buffer.buffer(NetUtil.createByteArrayFromIpAddressString(literal));
    }

    private void answer(DatagramPacket packet) {
        Question question = question(packet.data());
        asked.add(question.name());
        answers(question)
                .forEach(reply -> socket.send(
                                reply, packet.sender().port(), packet.sender().host())
                        .onFailure(ignored -> {}));
    }

    private static Question question(Buffer query) {
        int end = 12;
        StringBuilder name = new StringBuilder();
        while (query.getByte(end) != 0) {
            int length = query.getUnsignedByte(end);
            name.append(name.isEmpty() ? "" : ".").append(query.getString(end + 1, end + 1 + length));
            end += 1 + length;
        }
        return new Question(
                query.getUnsignedShort(0),
                name.toString(),
                query.getUnsignedShort(end + 1),
                query.getBuffer(12, end + 5));
    }

    private List<Buffer> answers(Question question) {
        Supplier<Answer> known = zone.get(question.name());
        if (known == null) {
            return scripts.getOrDefault(question.name(), otherwise).apply(question);
        }
        return silent.contains(question.name() + question.type()) ? List.of() : List.of(reply(question, known.get()));
    }

    private static Buffer reply(Question question, Answer answer) {
        List<Buffer> records = new ArrayList<>();
        for (String text : answer.addresses()) {
            Buffer address = address(text);
            if (address.length() == (question.type() == A ? 4 : 16)) {
                records.add(Buffer.buffer()
                        .appendUnsignedShort(0xc00c)
                        .appendUnsignedShort(question.type())
                        .appendUnsignedShort(1)
                        .appendInt(0)
                        .appendUnsignedShort(address.length())
                        .appendBuffer(address));
            }
        }
        return question.saying(0x8580 | answer.code(), records, List.of(), List.of());
    }
}
