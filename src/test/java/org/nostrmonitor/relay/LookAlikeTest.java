package org.nostrmonitor.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookAlikeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dаmus.io           | it mixes Cyrillic and Latin letters
            relay.nοstr.band   | it mixes Greek and Latin letters
            nos.lоl            | it mixes Cyrillic and Latin letters
            リelay.example     | ''
            relаyリ.example    | it mixes Cyrillic and Katakana and Latin letters
            аррӏе.com          | all its letters are Cyrillic and look like Latin ones
            ос-7.example       | all its letters are Cyrillic and look like Latin ones
            νικε.example       | all its letters are Greek and look like Latin ones
            """)
    @DisplayName("a mixed-script homograph")
    void saysWhyAHostCouldBeTakenForAnotherOne(String written, String why) throws InvalidRelayUrl {
        String host = RelayUrl.parse("wss://" + written).host();
        assertThat(host).contains("xn--");
        assertThat(LookAlike.why(host)).isEqualTo(why.isEmpty() ? null : why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nos.lol",
                "blåbær.example",
                "日本のリレー.example",
                "tokyo大阪.example",
                "리레이漢字.example",
                "привет.example",
                "παράδειγμα.example",
                "البيان.example",
                "москва.example",
                "сор.xn--p1ai",
            })
    void saysNothingAgainstANameInOneLanguage(String written) throws InvalidRelayUrl {
        assertThat(LookAlike.why(RelayUrl.parse("wss://" + written).host())).isNull();
    }

    @Test
    void tellsThatSomethingCannotBeSeen() {
        assertThat(LookAlike.why("xn--ab-88t.example")).isEqualTo("it has characters that cannot be seen");
    }

    @Test
    void leavesAloneWhatIsNoPunycode() {
        assertThat(LookAlike.why("xn--zzzzzzzz99999.example")).isNull();
        assertThat(LookAlike.why("127.0.0.1")).isNull();
        assertThat(LookAlike.inLetters("xn--blbr-roah.example")).isEqualTo("blåbær.example");
    }
}
