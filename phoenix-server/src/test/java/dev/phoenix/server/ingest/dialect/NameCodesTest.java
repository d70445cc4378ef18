package dev.phoenix.server.ingest.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.StringNode;

/** Stored derivations are short, and stay readable. */
class NameCodesTest {

    /** Stored numbers mean these; add to the file only, and then raise both. */
    private static final int FROZEN = 447;

    private static final int FROZEN_HASH = 2129987068;

    @Test
    void every_name_of_a_rule_has_a_number() {
        Set<String> missing = new TreeSet<>();
        for (Dialect dialect : Dialects.all()) {
            for (Rule rule : dialect.rules()) {
                missing.addAll(rule.targets());
                missing.addAll(rule.sources());
            }
        }
        missing.remove("");
        NameCodes.NAMES.forEach(missing::remove);
        assertThat(missing).as("to be added to names.txt").isEmpty();
    }

    @Test
    void numbers_stay() {
        assertThat(NameCodes.NAMES).doesNotHaveDuplicates();
        assertThat(NameCodes.NAMES.subList(0, FROZEN).hashCode()).isEqualTo(FROZEN_HASH);
    }

    @Test
    void what_is_written_is_read() {
        Derivation derivation =
                new Derivation(
                                List.of("ai_sdk", "gen_ai"),
                                List.of(
                                        value("llm.model_name", "ai.model.id", "ai_sdk"),
                                        value("a.name.of.nobody", "of.no.rule", "gen_ai")),
                                List.of(
                                        new Derivation.Missing(
                                                "llm.input_messages",
                                                Derivation.Reason.UNREADABLE,
                                                "ai.prompt.messages",
                                                "ai_sdk")),
                                List.of(),
                                List.of())
                        .withMasked(List.of("metadata"));
        String text = StoredDerivation.write(derivation);

        StoredDerivation stored = StoredDerivation.read(text);

        assertThat(text).doesNotContain("llm.model_name");
        assertThat(stored)
                .isEqualTo(
                        new StoredDerivation(
                                Dialects.VERSION,
                                List.of("ai_sdk", "gen_ai"),
                                Map.of(
                                        "llm.model_name",
                                        new StoredDerivation.Source("ai_sdk", "ai.model.id"),
                                        "a.name.of.nobody",
                                        new StoredDerivation.Source("gen_ai", "of.no.rule")),
                                derivation.missing(),
                                List.of("metadata")));
    }

    @Test
    void what_version_3_wrote_is_read() {
        StoredDerivation stored =
                StoredDerivation.read(
                        """
                        {"version":3,"dialects":["gen_ai"],"derived":{
                          "llm.model_name":["gen_ai","gen_ai.request.model"]}}\
                        """);

        assertThat(stored.derived())
                .isEqualTo(
                        Map.of(
                                "llm.model_name",
                                new StoredDerivation.Source("gen_ai", "gen_ai.request.model")));
        assertThat(new HashSet<>(stored.dialects())).containsExactly("gen_ai");
    }

    private static Derivation.Value value(String path, String source, String dialect) {
        return new Derivation.Value(path, StringNode.valueOf("x"), source, dialect);
    }
}
