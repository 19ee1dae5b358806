package org.nostrmonitor.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.nostrmonitor.http.view.Address;
import org.nostrmonitor.http.view.BadParameter;
import org.nostrmonitor.http.view.LettersPanel;
import org.nostrmonitor.http.view.LettersPanel.Named;
import org.nostrmonitor.http.view.Notice;
import org.nostrmonitor.http.view.SystemParts.Form;
import org.nostrmonitor.relay.RelayUrl;

/**
 * The forms of the pages. The token comes in the body of each and is kept nowhere, so there is no session that another
 * site could ride on. What was done is told by the page that the answer leads to, what was not by the same page again.
 */
final class AdminForms {
    private static final int SEE_OTHER = 303;

    private final RelayRoute relay;
    private final SystemRoute system;
    private final AdminGate gate;
    private final AdminActions actions;

    AdminForms(RelayRoute relay, SystemRoute system, AdminGate gate, AdminActions actions) {
        this.relay = relay;
        this.system = system;
        this.gate = gate;
        this.actions = actions;
    }

    void on(Router router) {
        router.post(Posting.LETTERS).handler(this::letters);
        router.post("/relays/:url/check").handler(this::check);
    }

    private void letters(RoutingContext ctx) {
        answer(ctx, this::act, notice -> system.page(new Form(gate.enabled(), notice, chosen(ctx))));
    }

    private void check(RoutingContext ctx) {
        answer(ctx, this::askForCheck, notice -> ApiRoutes.url(ctx).compose(url -> relay.page(ctx, url, notice)));
    }

    /**
     * Does what the form asks for if its token is right.
     *
     * @param action completes with where to look next
     * @param again the same page with what went wrong
     */
    private void answer(
            RoutingContext ctx,
            Function<RoutingContext, Future<String>> action,
            Function<Notice, Future<Buffer>> again) {
        Future.succeededFuture(ctx)
                .compose(asked -> {
                    gate.require(asked, asked.request().getFormAttribute("token"));
                    return action.apply(asked);
                })
                .onSuccess(next -> {
                    ctx.response().putHeader("Location", next);
                    Response.empty(ctx, SEE_OTHER);
                })
                .onFailure(failure -> again(ctx, failure, again));
    }

    private static void again(RoutingContext ctx, Throwable failure, Function<Notice, Future<Buffer>> page) {
        if (!Errors.isOurs(failure)) {
            ctx.fail(failure);
            return;
        }
        Future.succeededFuture(Notice.failed(String.valueOf(failure.getMessage())))
                .compose(page)
                .onSuccess(html -> {
                    ctx.response().setStatusCode(Errors.status(ctx, failure));
                    if (failure instanceof Denied denied) {
                        Errors.deny(ctx, denied);
                    }
                    Response.fresh(ctx, Response.HTML, html);
                })
                .onFailure(worse -> ctx.fail(failure));
    }

    private Future<String> act(RoutingContext ctx) {
        List<LetterChoice> choices = choices(ctx.request().formAttributes());
        String from = AdminGate.from(ctx);
        String what = String.valueOf(ctx.request().getFormAttribute("do"));
        return switch (what) {
            case "retry" -> sum(choices, choice -> actions.retry(choice, from)).map(n -> next("retried", n));
            case "drop" -> sum(choices, choice -> actions.drop(choice, from)).map(n -> next("dropped", n));
            default -> throw new BadParameter("The form says neither retry nor drop.");
        };
    }

    private static String next(String done, int n) {
        return "/system?" + done + "=" + n + "#dead";
    }

    private static Future<Integer> sum(List<LetterChoice> choices, Function<LetterChoice, Future<Integer>> action) {
        return Future.all(choices.stream().map(action).toList())
                .map(all ->
                        all.<Integer>list().stream().mapToInt(Integer::intValue).sum());
    }

    private static List<LetterChoice> choices(MultiMap form) {
        Map<String, Set<String>> some = form.getAll("letter").stream()
                .map(LettersPanel::named)
                .collect(Collectors.groupingBy(
                        Named::region, TreeMap::new, Collectors.mapping(Named::id, Collectors.toSet())));
        Map<String, LetterChoice> choices = new TreeMap<>();
        some.forEach((region, ids) -> choices.put(region, LetterChoice.of(region, ids)));
        form.getAll("all").forEach(region -> choices.put(region, LetterChoice.all(LettersPanel.region(region))));
        if (choices.isEmpty()) {
            throw new BadParameter("No dead letter was chosen, so nothing was done.");
        }
        return List.copyOf(choices.values());
    }

    private static Set<String> chosen(RoutingContext ctx) {
        MultiMap form = ctx.request().formAttributes();
        Set<String> chosen = new TreeSet<>(form.getAll("letter"));
        chosen.addAll(form.getAll("all"));
        return chosen;
    }

    private Future<String> askForCheck(RoutingContext ctx) {
        return ApiRoutes.url(ctx).compose(url -> check(ctx, url));
    }

    private Future<String> check(RoutingContext ctx, RelayUrl url) {
        return actions.check(url, null, AdminGate.from(ctx))
                .map(tickets -> Address.path(url) + "?asked=" + tickets.size() + "#now");
    }
}
