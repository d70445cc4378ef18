package dev.phoenix.server.ingest.rederive;

import dev.phoenix.server.api.Connection;
import dev.phoenix.server.api.NodeSource;
import dev.phoenix.server.project.ProjectReader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.MutationMapping;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

/** Starts rederivations and tells how far they are. */
@Controller
class RederivationGraphQlController implements NodeSource {

    private final Rederivations rederivations;
    private final ProjectReader projects;

    RederivationGraphQlController(Rederivations rederivations, ProjectReader projects) {
        this.rederivations = rederivations;
        this.projects = projects;
    }

    record RederiveSpansInput(@Nullable String projectId) {}

    record Payload(Rederivation rederivation) {

        public Object query() {
            return this;
        }
    }

    @MutationMapping
    Payload rederiveSpans(@Argument RederiveSpansInput input) {
        Long project =
                input.projectId() == null ? null : (Long) projects.require(input.projectId()).key();
        return new Payload(rederivations.create(project));
    }

    @QueryMapping
    Connection<Rederivation> rederivations(@Argument int first, @Argument @Nullable String after) {
        return Connection.of(rederivations.list(after, Connection.limit(first)), after);
    }

    @Override
    public String type() {
        return Rederivation.TYPE;
    }

    @Override
    public @Nullable Object find(long key) {
        return rederivations.find(key).orElse(null);
    }
}
