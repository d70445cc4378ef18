package dev.phoenix.server.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people chose themselves is text in a letter, whatever it looks like. */
class LettersTest {

    private static final URI LINK = URI.create("https://phoenix.example.com/x?a=b&token=c");

    private final Letters letters = new Letters();

    @Test
    void name_isNeitherMarkupNorAPlaceToFillIn() {
        Letter letter = letters.welcome("a@b.c", "<b>{{url}}{{body}}$1\\\"'&", LINK);
        assertThat(letter.html())
                .contains("Hello &lt;b&gt;{{url}}{{body}}$1\\&quot;&#39;&amp;, an account")
                .contains("href=\"https://phoenix.example.com/x?a=b&amp;token=c\"")
                .endsWith("</body>\n</html>\n");
        assertThat(letter.subject()).isEqualTo("[Phoenix] Welcome");
    }

    @Test
    void everyPlace_isFilled() {
        assertThat(
                        List.of(
                                letters.welcome("a@b.c", "Ann", LINK),
                                letters.reset("a@b.c", LINK),
                                letters.storageWarning(
                                        List.of("a@b.c"), Optional.empty(), 80, 70.5, LINK)))
                .allSatisfy(letter -> assertThat(letter.html()).doesNotContain("{{", "}}"));
    }
}
