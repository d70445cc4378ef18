package dev.phoenix.server.ingest.dialect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** CrewAI's own spans about crews, tasks and tools. */
final class CrewAi implements Dialect {

    @Override
    public String id() {
        return "crewai";
    }

    @Override
    public String title() {
        return "CrewAI";
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "crew_",
                "crewai_",
                "task_key",
                "task_id",
                "formatted_description",
                "formatted_expected_output",
                "crewai.");
    }

    @Override
    public boolean isIn(SentSpan span) {
        return span.has("crew_key")
                || span.has("crew_id")
                || span.has("crewai_version")
                || span.has("task_key")
                || span.hasBelow("crewai");
    }

    @Override
    public String advice() {
        return "`share_crew=True` on the crew";
    }

    @Override
    public List<Rule> rules() {
        return List.of(
                Rule.kindBy("name", CrewAi::kind),
                Rule.input(
                        "crew_inputs",
                        "formatted_description",
                        "task_description",
                        "crewai.task.description",
                        "crewai.crew.inputs"),
                Rule.output(
                        "crew_result",
                        "crew_output",
                        "task_output",
                        "result",
                        "crewai.crew.result",
                        "crewai.task.output",
                        "crewai.task.result"),
                Rule.text("tool.name", "tool_name").on("TOOL"),
                Rule.text("agent.name", "agent_role", "crewai.agent.role").on("AGENT"));
    }

    private static @Nullable String kind(SentSpan span) {
        String name = span.name();
        if (name.startsWith("Tool ")) {
            return "TOOL";
        }
        if (name.startsWith("Agent ")) {
            return "AGENT";
        }
        if (span.hasBelow("crewai.agent") && !span.has("traceloop.span.kind")) {
            return "AGENT";
        }
        return name.startsWith("Crew ") || name.startsWith("Task ") || name.startsWith("Flow ")
                ? "CHAIN"
                : null;
    }
}
