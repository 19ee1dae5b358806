package org.nostrmonitor.http.view;

/**
 * What came of a form, said once.
 *
 * @param failed whether nothing was done
 */
public record Notice(boolean failed, String text) {
    public static Notice done(String text) {
        return new Notice(false, text);
    }

    public static Notice failed(String text) {
        return new Notice(true, Said.flat(text));
    }
}
