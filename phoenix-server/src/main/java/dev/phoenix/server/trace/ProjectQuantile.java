package dev.phoenix.server.trace;

import dev.phoenix.server.api.ApiException;
import dev.phoenix.server.project.ProjectRange;

/** A latency quantile of a project. */
record ProjectQuantile(LatencySource source, ProjectRange project, double probability) {

    ProjectQuantile {
        if (!(probability >= 0 && probability <= 1)) {
            throw ApiException.badRequest("probability must be 0..1, was " + probability);
        }
    }
}
