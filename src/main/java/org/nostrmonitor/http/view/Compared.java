package org.nostrmonitor.http.view;

import java.util.List;
import org.nostrmonitor.storage.History.Point;
import org.nostrmonitor.storage.History.Uptimes;
import org.nostrmonitor.storage.RelayViews.Detail;

/** What was read of a relay to compare it. */
public record Compared(Detail detail, Uptimes uptimes, List<Point> points) {
    public Compared {
        points = List.copyOf(points);
    }
}
