package dev.phoenix.server.ingest.dialect;

import java.util.List;

/** What smolagents says about its agents, beside OpenInference. */
final class Smolagents implements Dialect {

    @Override
    public String id() {
        return "smolagents";
    }

    @Override
    public String title() {
        return "smolagents";
    }

    @Override
    public List<String> evidence() {
        return List.of("smolagents.");
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kindWhen(
                        "AGENT",
                        "smolagents.task",
                        span -> span.has("smolagents.task") || span.has("smolagents.max_steps")),
                Rule.kindWhen(
                        "CHAIN", "smolagents.step", span -> span.has("smolagents.step_number")),
                Rule.tools("smolagents.tools_names").on("AGENT"),
                Rule.input("smolagents.task"),
                Rule.output("smolagents.final_answer"));
    }
}
