package org.nostrmonitor.http;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A browser, and a server over the made-up relays for it to look at: one of each for all tests of a class. */
final class DemoBrowser implements BeforeAllCallback, AfterAllCallback {
    private final boolean admin;
    private final boolean trouble;
    private @Nullable Path token;
    private @Nullable DemoClient demo;
    private @Nullable Chromium browser;

    private DemoBrowser(boolean admin, boolean trouble) {
        this.admin = admin;
        this.trouble = trouble;
    }

    /** All is well, and nobody can administer. */
    static DemoBrowser ofReaders() {
        return new DemoBrowser(false, false);
    }

    /** All is well, and there is the token of {@link Tokens}. */
    static DemoBrowser ofAdmins() {
        return new DemoBrowser(true, false);
    }

    /** There is the token, and much is wrong: pages have all their parts. */
    static DemoBrowser inTrouble() {
        return new DemoBrowser(true, true);
    }

    @Override
    public void beforeAll(ExtensionContext test) throws Exception {
        demo = admin ? withToken() : new DemoClient(DemoData.relays());
        if (trouble) {
            DemoTrouble.in(demo.site, DemoClient.NOW);
        }
        browser = Chromium.launch();
    }

    private DemoClient withToken() throws Exception {
        Path made = Tokens.file(Files.createTempDirectory("demo"));
        token = made;
        return new DemoClient(DemoData.relays(), made);
    }

    @Override
    public void afterAll(ExtensionContext test) throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (demo != null) {
            demo.close();
        }
        if (token != null) {
            Files.delete(token);
            Files.delete(token.getParent());
        }
    }

    DemoClient demo() {
        return Objects.requireNonNull(demo);
    }

    String origin() {
        return demo().origin();
    }

    BrowserContext context(int width, boolean scripts) {
        return Objects.requireNonNull(browser).context(width, scripts);
    }

    BrowserContext context(NewContextOptions options) {
        return Objects.requireNonNull(browser).context(options);
    }
}
