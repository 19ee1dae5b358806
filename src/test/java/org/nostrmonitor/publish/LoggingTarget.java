package org.nostrmonitor.publish;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A target relay as a process of its own, to be killed. It takes every event and writes to a file what it has received (R), and
 * when its OK has gone out (A, or D if it had the event). It uses sockets only, so that it starts in a moment.
 */
public final class LoggingTarget {
    private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: *(\\S+)");
    private static final Pattern EVENT = Pattern.compile("^\\[\"EVENT\",.*\"id\":\"([0-9a-f]{64})\"");
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final OutputStream log;
    private final long mostMicros;
    private final Random random = new Random();
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private LoggingTarget(OutputStream log, long mostMicros) {
        this.log = log;
        this.mostMicros = mostMicros;
    }

    /** Its port, or 0; its log; how long it takes to answer at most, in microseconds. Says its port on stdout. */
    public static void main(String[] arguments) throws IOException {
        OutputStream log = new FileOutputStream(arguments[1], true);
        LoggingTarget target = new LoggingTarget(log, Long.parseLong(arguments[2]));
        try (ServerSocket server =
                new ServerSocket(Integer.parseInt(arguments[0]), 50, InetAddress.getLoopbackAddress())) {
            System.out.println("port " + server.getLocalPort());
            while (true) {
                Socket guest = server.accept();
                new Thread(() -> target.serve(guest)).start();
            }
        }
    }

    private void serve(Socket guest) {
        try (guest) {
            guest.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(guest.getInputStream()));
            upgrade(in, guest.getOutputStream());
            while (true) {
                frame(in, guest.getOutputStream());
            }
        } catch (IOException e) {
            // The guest is gone.
        }
    }

    private static void upgrade(DataInputStream in, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        Matcher key = KEY.matcher(head);
        if (!key.find()) {
            throw new IOException("no WebSocket");
        }
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key.group(1)) + "\r\n\r\n";
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a client: masked, whole, RFC 6455 §5.2. */
    private void frame(DataInputStream in, OutputStream out) throws IOException {
        int kind = in.readUnsignedByte() & 15;
        int length = in.readUnsignedByte() & 127;
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        if (kind == 8) {
            throw new EOFException();
        } else if (kind == 9) {
            say(out, 10, payload);
        } else if (kind == 1) {
            heard(new String(payload, StandardCharsets.UTF_8), out);
        }
    }

    private void heard(String text, OutputStream out) throws IOException {
        Matcher event = EVENT.matcher(text);
        if (!event.find()) {
            return;
        }
        String id = event.group(1);
        boolean fresh = known.add(id);
        note("R " + id);
        LockSupport.parkNanos(random.nextLong(mostMicros * 1_000 + 1));
        String verdict = fresh ? "true,\"\"" : "false,\"duplicate: have it\"";
        say(out, 1, ("[\"OK\",\"" + id + "\"," + verdict + "]").getBytes(StandardCharsets.UTF_8));
        note((fresh ? "A " : "D ") + id);
    }

    /** In one write each, so that a SIGKILL leaves whole lines. */
    private void note(String line) throws IOException {
        log.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void say(OutputStream out, int kind, byte[] payload) throws IOException {
        byte[] frame = new byte[payload.length + 2];
        frame[0] = (byte) (0x80 | kind);
        frame[1] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 2, payload.length);
        out.write(frame);
    }
}
