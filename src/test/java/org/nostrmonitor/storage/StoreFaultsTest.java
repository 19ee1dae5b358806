package org.nostrmonitor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nostrmonitor.storage.Storage.await;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreFaultsTest {
    @RegisterExtension
    static final Storage STORAGE = new Storage();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "25006", "25P03", "28P01", "3D000", "40P01", "53100", "53300", "57014", "57P01", "57P03",
                "58030"
            })
    void callsWhatPassesAnOutage(String state) {
        assertThat(StoreFaults.isOutage(refusal(state))).isTrue();
        assertThat(StoreFaults.isRowFault(refusal(state))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22021", "23505", "23514", "54000"})
    void callsWhatARowBringsTheRowsFault(String state) {
        assertThat(StoreFaults.isOutage(refusal(state))).isFalse();
        assertThat(StoreFaults.isRowFault(refusal(state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42P01", "XX000", "", "5"})
    void callsWhatWillNotPassByItselfNeither(String state) {
        assertThat(StoreFaults.isOutage(refusal(state))).isFalse();
        assertThat(StoreFaults.isRowFault(refusal(state))).isFalse();
    }

    @ParameterizedTest
    @MethodSource
    void callsALostWayToTheServerAnOutage(Throwable fault) {
        assertThat(StoreFaults.isOutage(fault)).isTrue();
        assertThat(StoreFaults.typed(fault))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("it");
    }

    static Stream<Throwable> callsALostWayToTheServerAnOutage() {
        return Stream.of(
                new ConnectException("it refused"),
                new TimeoutException("it was silent"),
                new VertxException("Connection was closed by it"),
                new VertxException("Timeout waiting for it"));
    }

    @Test
    void callsAnErrorOfThisProgramNoOutage() {
        assertThat(StoreFaults.isOutage(new IllegalStateException("a bug"))).isFalse();
        assertThat(StoreFaults.isOutage(new NullPointerException())).isFalse();
    }

    @Test
    void theStoreFailsTypedWhenNobodyListens() {
        Database nowhere = Database.connect(STORAGE.vertx, "postgresql://u:p@127.0.0.1:1/d", 2);
        ReportStore store = new PgReportStore(nowhere, new PgHousekeeping(nowhere));

        assertThatThrownBy(() ->
                        await(store.store(Reports.online("wss://a.example/").finding())))
                .isInstanceOf(StoreUnavailable.class);
        await(nowhere.close());
    }

    private static PgException refusal(String state) {
        return new PgException("it says no", "ERROR", state, "");
    }
}
