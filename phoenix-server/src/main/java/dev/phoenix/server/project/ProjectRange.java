package dev.phoenix.server.project;

import dev.phoenix.server.api.TimeRange;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** A project and the part of its time to look at. */
public record ProjectRange(long projectKey, TimeRange range) {

    /** Asks once per range for all projects that want it. */
    public static <T> Map<ProjectRange, T> load(
            Collection<ProjectRange> wanted,
            BiFunction<Collection<Long>, TimeRange, Map<Long, T>> query,
            T otherwise) {
        Map<ProjectRange, T> found = new HashMap<>();
        wanted.stream()
                .collect(Collectors.groupingBy(ProjectRange::range))
                .forEach(
                        (range, projects) -> {
                            var keys = projects.stream().map(ProjectRange::projectKey).toList();
                            Map<Long, T> values = query.apply(keys, range);
                            projects.forEach(
                                    project ->
                                            found.put(
                                                    project,
                                                    values.getOrDefault(
                                                            project.projectKey, otherwise)));
                        });
        return found;
    }
}
