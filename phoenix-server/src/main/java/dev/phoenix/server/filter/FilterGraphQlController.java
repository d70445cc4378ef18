package dev.phoenix.server.filter;

import dev.phoenix.server.api.TimeRange;
import dev.phoenix.server.filter.Vocabulary.Term;
import dev.phoenix.server.filter.syntax.FilterException;
import dev.phoenix.server.project.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Checks and completes conditions while they are typed. */
@Controller
class FilterGraphQlController {

    private final Vocabulary vocabulary;
    private final Observed observed;

    FilterGraphQlController(Vocabulary vocabulary, Observed observed) {
        this.vocabulary = vocabulary;
        this.observed = observed;
    }

    record ValidationResult(
            boolean isValid, @Nullable String errorMessage, List<String> warnings) {}

    record SpanFilterConditionAnalysis(boolean selectsRootSpansOnly) {}

    @SchemaMapping(typeName = "Project")
    ValidationResult validateSpanFilterCondition(Project project, @Argument String condition) {
        return validate(Source.SPAN, project, condition);
    }

    @SchemaMapping(typeName = "Project")
    ValidationResult validateTraceFilterCondition(Project project, @Argument String condition) {
        return validate(Source.TRACE, project, condition);
    }

    @SchemaMapping(typeName = "Project")
    ValidationResult validateSessionFilterCondition(Project project, @Argument String condition) {
        return validate(Source.SESSION, project, condition);
    }

    @SchemaMapping(typeName = "Project")
    SpanFilterConditionAnalysis analyzeSpanFilterCondition(
            Project project, @Argument String condition) {
        return new SpanFilterConditionAnalysis(rootScope(condition) != RootScope.UNKNOWN);
    }

    @SchemaMapping(typeName = "Project")
    List<Term> spanFilterVocabulary(Project project, @Argument @Nullable TimeRange timeRange) {
        return vocabulary.of(Source.SPAN, project.key(), TimeRange.orAll(timeRange));
    }

    @SchemaMapping(typeName = "Project")
    List<Term> traceFilterVocabulary(Project project, @Argument @Nullable TimeRange timeRange) {
        return vocabulary.of(Source.TRACE, project.key(), TimeRange.orAll(timeRange));
    }

    @SchemaMapping(typeName = "Project")
    List<Term> sessionFilterVocabulary(Project project) {
        return vocabulary.of(Source.SESSION, project.key(), TimeRange.ALL);
    }

    private ValidationResult validate(Source source, Project project, String condition) {
        if (!Filters.isGiven(condition)) {
            return new ValidationResult(true, null, List.of());
        }
        try {
            Typing.Typed typed = Typing.type(source, condition.strip());
            boolean warns = source != Source.SPAN && !typed.annotations().isEmpty();
            return new ValidationResult(
                    true, null, warns ? warnings(source, project, typed.annotations()) : List.of());
        } catch (FilterException e) {
            return new ValidationResult(false, e.getMessage(), List.of());
        }
    }

    private List<String> warnings(Source source, Project project, Set<String> names) {
        Annotated target = source == Source.TRACE ? Annotated.TRACE : Annotated.SESSION;
        Set<String> known = observed.annotations(project.key(), target);
        List<String> warnings = new ArrayList<>();
        for (String name : names) {
            if (!known.contains(name)) {
                warnings.add(
                        "no annotation is named %s%s"
                                .formatted(
                                        FilterException.fragment(name),
                                        Suggestion.didYouMean(name, known)));
            }
        }
        return warnings;
    }

    /** What is no condition says nothing. */
    private static RootScope rootScope(String condition) {
        try {
            return Filters.isGiven(condition)
                    ? RootScope.of(Typing.type(Source.SPAN, condition.strip()).check())
                    : RootScope.UNKNOWN;
        } catch (FilterException e) {
            return RootScope.UNKNOWN;
        }
    }
}
