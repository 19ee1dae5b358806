package org.nostrmonitor.consume;

import java.util.ArrayList;
import java.util.List;
import org.nostrmonitor.relay.RelayUrl;

/** Some witnesses that are asked at the same time. Used on one event loop. */
final class WitnessRound {
    /** What a witness says of our network. */
    enum Testimony {
        ANSWERS,
        SILENT,
        /** It could not be asked, or we were too busy to hear it. */
        NONE
    }

    private final int asked;
    private final List<RelayUrl> answered = new ArrayList<>();
    private final List<RelayUrl> silent = new ArrayList<>();
    private int mute;

    WitnessRound(int asked) {
        this.asked = asked;
    }

    void hear(RelayUrl relay, Testimony testimony) {
        switch (testimony) {
            case ANSWERS -> answered.add(relay);
            case SILENT -> silent.add(relay);
            case NONE -> mute++;
        }
    }

    List<RelayUrl> answered() {
        return answered;
    }

    List<RelayUrl> silent() {
        return silent;
    }

    /** All that can say something, whether they have or not. */
    int size() {
        return asked - mute;
    }

    /** What is still to be heard cannot change it. */
    boolean isDecided() {
        return works() || fails();
    }

    boolean isOver() {
        return answered.size() + silent.size() >= size();
    }

    /** At least half of them answer, whatever the rest will say. */
    boolean works() {
        return !answered.isEmpty() && answered.size() * 2 >= size();
    }

    /** More than half of them are silent, whatever the rest will say. */
    boolean fails() {
        return silent.size() * 2 > size();
    }
}
