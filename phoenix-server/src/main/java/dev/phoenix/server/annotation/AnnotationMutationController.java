package dev.phoenix.server.annotation;

import dev.phoenix.server.annotation.AnnotationEditor.Sort;
import dev.phoenix.server.annotation.AnnotationInputs.Create;
import dev.phoenix.server.annotation.AnnotationInputs.Delete;
import dev.phoenix.server.annotation.AnnotationInputs.DeleteAll;
import dev.phoenix.server.annotation.AnnotationInputs.Note;
import dev.phoenix.server.annotation.AnnotationInputs.Patch;
import dev.phoenix.server.annotation.AnnotationInputs.Update;
import graphql.schema.DataFetchingEnvironment;
import java.util.List;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.stereotype.Controller;

/** Writing annotations and notes over GraphQL. */
@Controller
class AnnotationMutationController {

    private final AnnotationMutations mutations;

    AnnotationMutationController(AnnotationMutations mutations) {
        this.mutations = mutations;
    }

    // Each payload also stands for the query that can be made beside it.

    record Spans(List<AnnotationNode> spanAnnotations) {

        public Object query() {
            return this;
        }
    }

    record Traces(List<AnnotationNode> traceAnnotations) {

        public Object query() {
            return this;
        }
    }

    record Documents(List<AnnotationNode> documentAnnotations) {

        public Object query() {
            return this;
        }
    }

    record Sessions(List<AnnotationNode> projectSessionAnnotations) {

        public Object query() {
            return this;
        }
    }

    record Session(AnnotationNode projectSessionAnnotation) {

        public Object query() {
            return this;
        }
    }

    record Deleted(int deletedAnnotationCount) {

        public Object query() {
            return this;
        }
    }

    @MutationMapping
    Spans createSpanAnnotations(@Argument List<Create> input, DataFetchingEnvironment environment) {
        return new Spans(mutations.create(Target.SPAN, input, environment));
    }

    @MutationMapping
    Spans patchSpanAnnotations(@Argument List<Patch> input, DataFetchingEnvironment environment) {
        return new Spans(mutations.patch(Target.SPAN, input, environment));
    }

    @MutationMapping
    Spans deleteSpanAnnotations(@Argument Delete input, DataFetchingEnvironment environment) {
        return new Spans(mutations.delete(Target.SPAN, Sort.OTHERS, input, environment));
    }

    @MutationMapping
    Spans createSpanNotes(@Argument List<Note> input, DataFetchingEnvironment environment) {
        return new Spans(mutations.createNotes(Target.SPAN, input, environment));
    }

    @MutationMapping
    Spans deleteSpanNotes(@Argument Delete input, DataFetchingEnvironment environment) {
        return new Spans(mutations.delete(Target.SPAN, Sort.NOTES, input, environment));
    }

    @MutationMapping
    Traces createTraceAnnotations(
            @Argument List<Create> input, DataFetchingEnvironment environment) {
        return new Traces(mutations.create(Target.TRACE, input, environment));
    }

    @MutationMapping
    Traces patchTraceAnnotations(@Argument List<Patch> input, DataFetchingEnvironment environment) {
        return new Traces(mutations.patch(Target.TRACE, input, environment));
    }

    @MutationMapping
    Traces deleteTraceAnnotations(@Argument Delete input, DataFetchingEnvironment environment) {
        return new Traces(mutations.delete(Target.TRACE, Sort.OTHERS, input, environment));
    }

    @MutationMapping
    Traces createTraceNotes(@Argument List<Note> input, DataFetchingEnvironment environment) {
        return new Traces(mutations.createNotes(Target.TRACE, input, environment));
    }

    @MutationMapping
    Traces deleteTraceNotes(@Argument Delete input, DataFetchingEnvironment environment) {
        return new Traces(mutations.delete(Target.TRACE, Sort.NOTES, input, environment));
    }

    @MutationMapping
    Documents createDocumentAnnotations(
            @Argument List<Create> input, DataFetchingEnvironment environment) {
        return new Documents(mutations.create(Target.DOCUMENT, input, environment));
    }

    @MutationMapping
    Documents patchDocumentAnnotations(
            @Argument List<Patch> input, DataFetchingEnvironment environment) {
        return new Documents(mutations.patch(Target.DOCUMENT, input, environment));
    }

    @MutationMapping
    Documents deleteDocumentAnnotations(
            @Argument Delete input, DataFetchingEnvironment environment) {
        return new Documents(mutations.delete(Target.DOCUMENT, Sort.OTHERS, input, environment));
    }

    @MutationMapping
    Session createProjectSessionAnnotations(
            @Argument Create input, DataFetchingEnvironment environment) {
        return new Session(
                mutations.create(Target.SESSION, List.of(input), environment).getFirst());
    }

    @MutationMapping
    Session updateProjectSessionAnnotations(
            @Argument Update input, DataFetchingEnvironment environment) {
        return new Session(mutations.update(Target.SESSION, input, environment));
    }

    @MutationMapping
    Session deleteProjectSessionAnnotation(
            @Argument String id, DataFetchingEnvironment environment) {
        return new Session(
                mutations
                        .delete(Target.SESSION, Sort.OTHERS, new Delete(List.of(id)), environment)
                        .getFirst());
    }

    @MutationMapping
    Sessions createProjectSessionNotes(
            @Argument List<Note> input, DataFetchingEnvironment environment) {
        return new Sessions(mutations.createNotes(Target.SESSION, input, environment));
    }

    @MutationMapping
    Sessions deleteProjectSessionNotes(
            @Argument Delete input, DataFetchingEnvironment environment) {
        return new Sessions(mutations.delete(Target.SESSION, Sort.NOTES, input, environment));
    }

    @MutationMapping
    Deleted deleteProjectSpanAnnotations(
            @Argument DeleteAll input, DataFetchingEnvironment environment) {
        return new Deleted(mutations.deleteAll(Target.SPAN, input, environment));
    }

    @MutationMapping
    Deleted deleteProjectTraceAnnotations(
            @Argument DeleteAll input, DataFetchingEnvironment environment) {
        return new Deleted(mutations.deleteAll(Target.TRACE, input, environment));
    }

    @MutationMapping
    Deleted deleteProjectSessionAnnotations(
            @Argument DeleteAll input, DataFetchingEnvironment environment) {
        return new Deleted(mutations.deleteAll(Target.SESSION, input, environment));
    }
}
