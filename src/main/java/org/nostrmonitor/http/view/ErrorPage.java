package org.nostrmonitor.http.view;

/** Something other than what was asked for, in the same look. */
public record ErrorPage(Frame frame, String verdict, String lede) {
    public static ErrorPage of(Frame.Site site, Now now, int status, String detail) {
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
        return new ErrorPage(Frame.of(site, now, verdict, verdict, ""), verdict, Said.flat(detail));
    }
}
