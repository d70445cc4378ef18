package dev.phoenix.server.trace;

import dev.phoenix.server.api.Probability;
import dev.phoenix.server.project.ProjectRange;

/** A latency quantile of a project. */
record ProjectQuantile(LatencySource source, ProjectRange project, double probability) {

    ProjectQuantile {
        Probability.checked(probability);
    }
}
