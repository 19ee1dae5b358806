package org.nostrmonitor.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A browser for tests: {@code CHROMIUM}, or {@code /usr/bin/chromium}. */
final class Chromium implements AutoCloseable {
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium launch() {
        Map<String, String> env = new HashMap<>(System.getenv());
        env.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(env));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        return new Chromium(playwright, browser);
    }

    private static Path executable() {
        String named = System.getenv("CHROMIUM");
        Path path = Path.of(named == null ? "/usr/bin/chromium" : named);
        assertThat(Files.isExecutable(path))
                .as("Chromium is needed at %s; set CHROMIUM to where it is", path)
                .isTrue();
        return path;
    }

    BrowserContext context(int width, boolean scripts) {
        return context(new NewContextOptions().setViewportSize(width, 800).setJavaScriptEnabled(scripts));
    }

    BrowserContext context(NewContextOptions options) {
        return browser.newContext(options);
    }

    /** Whatever a page does that ours never do: a word on the console, an error, a dialog, a request to elsewhere. */
    static void watch(Page page, String origin, List<String> complaints) {
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
        page.onDialog(dialog -> {
            complaints.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(origin + "/")) {
                complaints.add("a request to " + request.url());
            }
        });
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
