package org.nostrmonitor.probe;

/** What this process can bear at the same time was used up by others: nothing was found out about the relay. */
final class BudgetUsedUp extends RuntimeException {
    private static final long serialVersionUID = 1;

    BudgetUsedUp(String what) {
        super(what, null, false, false);
    }
}
