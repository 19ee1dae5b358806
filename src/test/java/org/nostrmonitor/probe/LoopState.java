package org.nostrmonitor.probe;

import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.lang.reflect.Method;
import java.util.Collection;

/** How many sockets and timers all event loops of a Vert.x have. */
record LoopState(int sockets, int timers) {
    static LoopState of(Vertx vertx) {
        LoopState sum = new LoopState(0, 0);
        for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            LoopState one = of(loop);
            sum = new LoopState(sum.sockets + one.sockets, sum.timers + one.timers);
        }
        return sum;
    }

    /** Whether the other has no more sockets, and no timer but the one that watches how late the prober's loop is. */
    boolean hasNoLessThan(LoopState other) {
        return other.sockets <= sockets && other.timers <= 1;
    }

    /** Netty keeps both to itself; they may be looked at on the loop only. */
    private static LoopState of(EventExecutor loop) {
        try {
            return loop.submit(() -> new LoopState(
                            (int) ask(SingleThreadIoEventLoop.class, "getNumOfRegisteredChannels", loop),
                            ((Collection<?>) ask(AbstractScheduledEventExecutor.class, "scheduledTaskQueue", loop))
                                    .size()))
                    .get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static Object ask(Class<?> type, String method, EventExecutor loop) throws ReflectiveOperationException {
        Method question = type.getDeclaredMethod(method);
        question.setAccessible(true);
        return question.invoke(loop);
    }
}
