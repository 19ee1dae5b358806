package org.nostrmonitor.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProseTest {
    @Test
    void emptyLinesSeparateParagraphsAndOtherBreaksDoNot() {
        assertThat(Prose.of("One\n two.\n\n  Three.\n").paragraphs())
                .isEqualTo(Prose.of("One two.\n \nThree.").paragraphs())
                .hasSize(2);
        assertThat(Prose.of(null).isEmpty()).isTrue();
        assertThat(Prose.of(" \n ").isEmpty()).isTrue();
    }

    @Test
    void whatStandsBetweenBackticksIsCodeAndAnAddressIsALink() {
        assertThat(Prose.of("See `https://a.example/x` or (https://b.example/y?z=1).")
                        .paragraphs()
                        .get(0))
                .containsExactly(
                        Piece.text("See "),
                        Piece.code("https://a.example/x"),
                        Piece.text(" or ("),
                        Piece.link("https://b.example/y?z=1", "https://b.example/y?z=1"),
                        Piece.text(")."));
    }

    @Test
    void whateverElseStandsThereIsText() {
        String odd = "a ` b javascript:alert(1) http://c.example <b> [d](e) **f** https://";

        assertThat(Prose.of(odd).paragraphs().get(0)).containsExactly(Piece.text(odd));
    }
}
