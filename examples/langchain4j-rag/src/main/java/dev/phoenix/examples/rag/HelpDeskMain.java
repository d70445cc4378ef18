package dev.phoenix.examples.rag;

import dev.phoenix.otel.PhoenixOtel;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * Asks the help desk two questions in one session.
 *
 * <p>Traces go where {@code PHOENIX_COLLECTOR_ENDPOINT} says, or to {@code http://localhost:6006}.
 * With {@code OPENAI_API_KEY} set it asks a real model, otherwise a scripted one on this machine.
 */
public final class HelpDeskMain {

    private static final List<String> QUESTIONS =
            List.of(
                    "My kettle arrived broken. Can I send it back?",
                    "Thank you. And where is my order 1042?");

    private HelpDeskMain() {}

    public static void main(String[] arguments) throws IOException {
        String key = System.getenv("OPENAI_API_KEY");
        if (key != null && !key.isBlank()) {
            String url =
                    System.getenv().getOrDefault("OPENAI_BASE_URL", "https://api.openai.com/v1");
            converse(new ModelAccess(url, key));
        } else {
            try (ScriptedOpenAi openAi = new ScriptedOpenAi()) {
                converse(new ModelAccess(openAi.url(), "none"));
            }
        }
    }

    private static void converse(ModelAccess access) {
        try (PhoenixOtel otel = PhoenixOtel.builder().projectName("help-desk").register()) {
            HelpDesk helpDesk = new HelpDesk(otel.tracer("dev.phoenix.examples.rag"), access);
            String session = UUID.randomUUID().toString();
            for (String question : QUESTIONS) {
                System.out.println("> " + question);
                System.out.println(helpDesk.ask(session, question));
            }
        }
    }
}
