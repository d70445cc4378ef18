package dev.phoenix.server.retention;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.ConnectionRange;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.auth.Caller;
import dev.phoenix.server.ingest.removal.PurgeLog;
import dev.phoenix.server.ingest.removal.PurgeLog.RetentionPurge;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectReader;
import dev.phoenix.server.retention.PolicyEditor.Wanted;
import dev.phoenix.server.retention.RetentionRule.TraceRetentionRuleMaxCount;
import dev.phoenix.server.retention.RetentionRule.TraceRetentionRuleMaxDays;
import dev.phoenix.server.retention.RetentionRule.TraceRetentionRuleMaxDaysOrCount;
import graphql.Scalars;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLScalarType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Controller;

/** Retention policies over GraphQL. */
@Controller
class RetentionGraphQlController implements NodeSource {

    private static final int DEFAULT_PAGE = 100;

    private final Policies policies;
    private final PolicyEditor editor;
    private final PurgePlans plans;
    private final PurgeLog purges;
    private final ProjectReader projects;

    RetentionGraphQlController(
            Policies policies,
            PolicyEditor editor,
            PurgePlans plans,
            PurgeLog purges,
            ProjectReader projects) {
        this.policies = policies;
        this.editor = editor;
        this.plans = plans;
        this.purges = purges;
        this.projects = projects;
    }

    @Bean
    static RuntimeWiringConfigurer cronScalar() {
        GraphQLScalarType scalar =
                GraphQLScalarType.newScalar()
                        .name("CronExpression")
                        .coercing(Scalars.GraphQLString.getCoercing())
                        .build();
        return wiring -> wiring.scalar(scalar);
    }

    /** Exactly one of them. */
    record RuleInput(
            @Nullable TraceRetentionRuleMaxDays maxDays,
            @Nullable TraceRetentionRuleMaxCount maxCount,
            @Nullable TraceRetentionRuleMaxDaysOrCount maxDaysOrCount) {

        RetentionRule rule() {
            if (maxDays != null) {
                return maxDays.checked();
            }
            if (maxCount != null) {
                return maxCount.checked();
            }
            if (maxDaysOrCount != null) {
                return maxDaysOrCount.checked();
            }
            throw ApiException.badRequest(
                    "rule must have one of maxDays, maxCount and maxDaysOrCount, had none");
        }
    }

    record CreateInput(
            String name,
            String cronExpression,
            RuleInput rule,
            @Nullable List<String> addProjects) {}

    record PatchInput(
            String id,
            @Nullable String name,
            @Nullable String cronExpression,
            @Nullable RuleInput rule,
            @Nullable List<String> addProjects,
            @Nullable List<String> removeProjects) {}

    record DeleteInput(String id) {}

    /** What a mutation answers; everything else can be asked for beside it. */
    record Payload(ProjectTraceRetentionPolicy node) {

        public Object query() {
            return this;
        }
    }

    @QueryMapping
    ProjectTraceRetentionPolicy defaultProjectTraceRetentionPolicy() {
        return existing(ProjectTraceRetentionPolicy.DEFAULT);
    }

    @QueryMapping
    Connection<ProjectTraceRetentionPolicy> projectTraceRetentionPolicies(
            @Argument @Nullable Integer first,
            @Argument @Nullable Integer last,
            @Argument @Nullable String after,
            @Argument @Nullable String before) {
        return policies.list(range(first, last, after, before));
    }

    @QueryMapping
    Connection<RetentionPurge> retentionPurges(
            @Argument @Nullable Integer first, @Argument @Nullable String after) {
        return Connection.of(purges.list(after, Connection.limit(first, DEFAULT_PAGE)), after);
    }

    @BatchMapping
    Map<Project, ProjectTraceRetentionPolicy> traceRetentionPolicy(List<Project> listed) {
        Map<Long, ProjectTraceRetentionPolicy> byProject =
                policies.ofProjects(listed.stream().map(Project::key).toList());
        Map<Project, ProjectTraceRetentionPolicy> found = new HashMap<>();
        for (Project project : listed) {
            ProjectTraceRetentionPolicy policy = byProject.get(project.key());
            if (policy != null) {
                found.put(project, policy);
            }
        }
        return found;
    }

    @SchemaMapping
    Connection<Project> projects(
            ProjectTraceRetentionPolicy policy,
            @Argument @Nullable Integer first,
            @Argument @Nullable Integer last,
            @Argument @Nullable String after,
            @Argument @Nullable String before) {
        ConnectionRange range = range(first, last, after, before);
        return range.connection(projects.where(key -> Policies.covers(policy.key(), key), range));
    }

    private static ConnectionRange range(
            @Nullable Integer first,
            @Nullable Integer last,
            @Nullable String after,
            @Nullable String before) {
        return ConnectionRange.of(first == null ? DEFAULT_PAGE : first, last, after, before);
    }

    /** The dry run. */
    @SchemaMapping
    int purgeableTraceCount(ProjectTraceRetentionPolicy policy) {
        return plans.of(policy).stream().mapToInt(plans::traces).sum();
    }

    @MutationMapping
    Payload createProjectTraceRetentionPolicy(
            @Argument CreateInput input, DataFetchingEnvironment environment) {
        Wanted wanted =
                new Wanted(
                        input.name(),
                        CronExpression.parse(input.cronExpression()),
                        input.rule().rule(),
                        keys(input.addProjects()),
                        Set.of());
        return new Payload(existing(editor.create(wanted, Caller.of(environment))));
    }

    @MutationMapping
    Payload patchProjectTraceRetentionPolicy(
            @Argument PatchInput input, DataFetchingEnvironment environment) {
        ProjectTraceRetentionPolicy policy = policies.require(input.id());
        Wanted wanted =
                new Wanted(
                        input.name() == null ? policy.name() : input.name(),
                        input.cronExpression() == null
                                ? policy.cron()
                                : CronExpression.parse(input.cronExpression()),
                        input.rule() == null ? policy.rule() : input.rule().rule(),
                        keys(input.addProjects()),
                        keys(input.removeProjects()));
        editor.update(policy, wanted, Caller.of(environment));
        return new Payload(existing(policy.key()));
    }

    @MutationMapping
    Payload deleteProjectTraceRetentionPolicy(
            @Argument DeleteInput input, DataFetchingEnvironment environment) {
        ProjectTraceRetentionPolicy policy = policies.require(input.id());
        editor.delete(policy, Caller.of(environment));
        return new Payload(policy);
    }

    @Override
    public String type() {
        return ProjectTraceRetentionPolicy.TYPE;
    }

    @Override
    public @Nullable Object find(long key) {
        return policies.find(key).orElse(null);
    }

    private ProjectTraceRetentionPolicy existing(long key) {
        return policies.find(key)
                .orElseThrow(() -> ApiException.notFound("there is no such retention policy"));
    }

    private Set<Long> keys(@Nullable List<String> ids) {
        return ids == null
                ? Set.of()
                : ids.stream().map(id -> projects.require(id).key()).collect(Collectors.toSet());
    }
}
