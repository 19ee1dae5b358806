package org.nostrmonitor.probe;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.nostrmonitor.queue.AddressLimits;
import org.nostrmonitor.relay.Outcome.NotTested;
import org.nostrmonitor.relay.Reason;

/**
 * Asks whether the address that would be dialled first may be dialled now. What is claimed is finished: when nobody answers
 * within the patience, the address is dialled.
 */
final class AddressTurn {
    private final ContextInternal context;
    private final AddressLimits limits;
    private final Duration patience;

    AddressTurn(ContextInternal context, AddressLimits limits, Duration patience) {
        this.context = context;
        this.limits = limits;
        this.patience = patience;
    }

    /**
     * Completes when the destination may be dialled; fails with {@link Later} if its turn comes later, with a {@link Fault}, not
     * tested, if it has none in this cycle, and with nothing else.
     *
     * @param reserved the address whose turn was waited for already, or null
     */
    Future<Void> await(Destination destination, @Nullable String reserved) {
        if (limits == AddressLimits.NONE || destination.addresses().isEmpty()) {
            return Future.succeededFuture();
        }
        InetAddress first = destination.addresses().get(0);
        String address = NetUtil.toAddressString(first);
        return address.equals(reserved) ? Future.succeededFuture() : ask(first).compose(in -> judged(address, in));
    }

    private static Future<Void> judged(String address, Duration in) {
        if (in.compareTo(AddressLimits.HORIZON) > 0) {
            return Future.failedFuture(new Fault(new NotTested(Reason.CROWDED, address)));
        }
        return in.isZero() ? Future.succeededFuture() : Future.failedFuture(new Later(address, in));
    }

    /** The answer may come from any thread; what follows it belongs on this loop. */
    private Future<Duration> ask(InetAddress address) {
        Promise<Duration> answer = Promise.promise();
        limits.turn(address)
                .otherwise(Duration.ZERO)
                .onComplete(asked -> context.runOnContext(ignored -> answer.tryComplete(asked.result())));
        return Deadline.in(patience)
                .bound(context.nettyEventLoop(), answer, TimeoutException::new)
                .otherwise(Duration.ZERO);
    }

    /** Nothing was dialled: the address has its turn later. */
    static final class Later extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String address;
        private final Duration in;

        Later(String address, Duration in) {
            super(address + " may be dialled in " + in.toMillis() + " ms", null, false, false);
            this.address = address;
            this.in = in;
        }

        String address() {
            return address;
        }

        Duration in() {
            return in;
        }
    }
}
