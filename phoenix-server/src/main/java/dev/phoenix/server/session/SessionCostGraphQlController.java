package dev.phoenix.server.session;

import dev.phoenix.server.cost.CostEntry;
import dev.phoenix.server.cost.CostSummary;
import dev.phoenix.server.trace.TraceCosts;
import java.util.List;
import java.util.Map;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.stereotype.Controller;

/** What sessions cost, over GraphQL. */
@Controller
class SessionCostGraphQlController {

    private final TraceCosts traces;

    SessionCostGraphQlController(TraceCosts traces) {
        this.traces = traces;
    }

    @BatchMapping(typeName = "ProjectSession")
    List<CostSummary> costSummary(List<ProjectSession> listed) {
        Map<Long, CostSummary> summaries = traces.ofSessions(keys(listed));
        return listed.stream()
                .map(session -> summaries.getOrDefault(session.key(), CostSummary.NONE))
                .toList();
    }

    @BatchMapping(typeName = "ProjectSession")
    List<List<CostEntry>> costDetailSummaryEntries(List<ProjectSession> listed) {
        Map<Long, List<CostEntry>> entries = traces.entriesOfSessions(keys(listed));
        return listed.stream()
                .map(session -> entries.getOrDefault(session.key(), List.of()))
                .toList();
    }

    private static List<Long> keys(List<ProjectSession> sessions) {
        return sessions.stream().map(ProjectSession::key).toList();
    }
}
