package org.nostrmonitor.http.view;

import org.jspecify.annotations.Nullable;

/**
 * Something other than what was asked for, in the same look.
 *
 * @param again where it can be asked for once more, or null where that would bring the same
 */
public record ErrorPage(
        Frame frame, String verdict, String lede, @Nullable String again) {
    public static ErrorPage of(Frame.Site site, Now now, int status, String detail, @Nullable String again) {
        String verdict = switch (status) {
            case 400 -> "This address cannot be understood.";
            case 401, 403 -> "This is not allowed.";
            case 404 -> "There is nothing here.";
            case 405 -> "Nothing here answers to that.";
            case 409 -> "This cannot be done as things are.";
            case 429 -> "This is too often.";
            case 413, 414 -> "This is too long.";
            case 503 -> "This cannot be read now.";
            default -> "Something went wrong here.";
        };
        return new ErrorPage(Frame.of(site, now, verdict, verdict, ""), verdict, Said.flat(detail), again);
    }
}
