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
import java.util.function.Supplier;

/** A name server on loopback: answers A and AAAA as a test says, with a TTL of zero (RFC 1035 §4). */
final class FakeDns {
    static final int A = 1;
    static final int AAAA = 28;

    private static final int NXDOMAIN = 3;
    private static final int SERVFAIL = 2;

    private record Answer(int code, List<String> addresses) {}

    private final DatagramSocket socket;
    private final Map<String, Supplier<Answer>> zone = new ConcurrentHashMap<>();
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

    /** Names that are not known here get no answer at all. */
    private void answer(DatagramPacket packet) {
        Buffer query = packet.data();
        int end = 12;
        StringBuilder name = new StringBuilder();
        while (query.getByte(end) != 0) {
            int length = query.getUnsignedByte(end);
            name.append(name.isEmpty() ? "" : ".").append(query.getString(end + 1, end + 1 + length));
            end += 1 + length;
        }
        int type = query.getUnsignedShort(end + 1);
        asked.add(name.toString());
        Supplier<Answer> known = zone.get(name.toString());
        if (known != null && !silent.contains(name.toString() + type)) {
            Buffer reply = reply(query, query.getBuffer(12, end + 5), type, known.get());
            socket.send(reply, packet.sender().port(), packet.sender().host()).onFailure(ignored -> {});
        }
    }

    private static Buffer reply(Buffer query, Buffer question, int type, Answer answer) {
        List<byte[]> records = new ArrayList<>();
        for (String text : answer.addresses()) {
            byte[] address = NetUtil.createByteArrayFromIpAddressString(text);
            if (address.length == (type == 1 ? 4 : 16)) {
                records.add(address);
            }
        }
        Buffer reply = Buffer.buffer()
                .appendUnsignedShort(query.getUnsignedShort(0))
                .appendUnsignedShort(0x8580 | answer.code())
                .appendUnsignedShort(1)
                .appendUnsignedShort(records.size())
                .appendUnsignedShort(0)
                .appendUnsignedShort(0)
                .appendBuffer(question);
        records.forEach(address -> reply.appendUnsignedShort(0xc00c)
                .appendUnsignedShort(type)
                .appendUnsignedShort(1)
                .appendInt(0)
                .appendUnsignedShort(address.length)
                .appendBytes(address));
        return reply;
    }
}
