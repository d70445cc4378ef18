package dev.phoenix.server.ingest.removal;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.GlobalId;
import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import graphql.schema.DataFetchingEnvironment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/** Deletes and moves traces and projects over GraphQL. What is left can be asked for at once. */
@Controller
class RemovalGraphQlController {

    private static final int MOST = 1000;

    /** The query beside a mutation has no state of its own. */
    private static final Object QUERY = new Object();

    private final TraceRemovals removals;
    private final ProjectRemovals projectRemovals;
    private final Transfers transfers;
    private final ProjectReader projects;

    RemovalGraphQlController(
            TraceRemovals removals,
            ProjectRemovals projectRemovals,
            Transfers transfers,
            ProjectReader projects) {
        this.removals = removals;
        this.projectRemovals = projectRemovals;
        this.transfers = transfers;
        this.projects = projects;
    }

    record ClearProjectInput(String id, @Nullable Instant endTime) {}

    @MutationMapping
    Object deleteProject(@Argument String id, DataFetchingEnvironment environment) {
        projectRemovals.delete(project(id), Caller.of(environment));
        return QUERY;
    }

    /** Traces that start before a time, or all there are. */
    @MutationMapping
    Object clearProject(@Argument ClearProjectInput input, DataFetchingEnvironment environment) {
        Instant end = input.endTime();
        projectRemovals.traces(
                project(input.id()),
                end == null ? TraceRange.ALL : TraceRange.of(Long.MIN_VALUE, Timestamps.nanos(end)),
                Caller.of(environment));
        return QUERY;
    }

    @MutationMapping
    Object deleteTraces(@Argument List<String> traceIds, DataFetchingEnvironment environment) {
        removals.traces(checked(traceIds), Caller.of(environment));
        return QUERY;
    }

    @MutationMapping
    Object transferTracesToProject(
            @Argument List<String> traceIds,
            @Argument String projectId,
            DataFetchingEnvironment environment) {
        transfers.transfer(checked(traceIds), project(projectId), Caller.of(environment));
        return QUERY;
    }

    private Project project(String id) {
        if (GlobalId.keyOf(Project.TYPE, id).isEmpty()) {
            throw ApiException.badRequest("id must be the id of a Project, was " + id);
        }
        return projects.require(id);
    }

    private static List<String> checked(List<String> traceIds) {
        if (traceIds.isEmpty() || traceIds.size() > MOST) {
            throw ApiException.badRequest(
                    "traceIds must have 1..%d entries, had %d".formatted(MOST, traceIds.size()));
        }
        for (String id : traceIds) {
            if (GlobalId.keyOf("Trace", id).isEmpty()) {
                throw ApiException.badRequest("traceIds must be ids of Traces, was " + id);
            }
        }
        return traceIds;
    }
}
