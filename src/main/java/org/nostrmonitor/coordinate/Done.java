package org.nostrmonitor.coordinate;

/**
 * What a run of one of the coordinator's jobs did.
 *
 * @param well whether all of it succeeded
 * @param result in words; empty if there was nothing to do
 */
record Done(boolean well, String result) {
    static final Done NOTHING = new Done(true, "");

    static Done well(String result) {
        return new Done(true, result);
    }

    static Done failed(Throwable fault) {
        return new Done(false, fault.toString());
    }
}
