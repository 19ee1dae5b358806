package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SaidTest {
    @Test
    void tellsBidiMarksByCodePointInsteadOfObeyingThem() {
        assertThat(Said.of("a\u202egpj.exe").parts())
                .containsExactly(
                        new Said.Part("a", false), new Said.Part("U+202E", true), new Said.Part("gpj.exe", false));
    }

    @Test
    void tellsControlsAndInvisibleCharacters() {
        assertThat(codes("\0\u0007\u200b\u2066\u00ad\u2028\ufeff\ud800"))
                .isEqualTo("U+0000 U+0007 U+200B U+2066 U+00AD U+2028 U+FEFF U+D800");
    }

    @Test
    void keepsWhatIsPlain() {
        String plain = "Blåbær 大阪 مرحبا 🔭 <b>&amp;\n\tsecond line";
        assertThat(Said.of(plain).parts()).containsExactly(new Said.Part(plain, false));
    }

    @Test
    void keepsJoinersWhereAScriptNeedsThemAndTellsThemInLatin() {
        assertThat(codes("👩\u200d🚀 نمی\u200cخواهم")).isEmpty();
        assertThat(codes("str\u200dfry")).isEqualTo("U+200D");
    }

    @Test
    void putsEverythingOnOneLineForTitles() {
        assertThat(Said.flat(" two\nlines \u202e ")).isEqualTo("two lines U+202E");
    }

    private static String codes(String written) {
        return Said.of(written).parts().stream()
                .filter(Said.Part::code)
                .map(Said.Part::text)
                .collect(Collectors.joining(" "));
    }
}
