package dev.phoenix.server.demo;

import dev.phoenix.server.settings.SettingsException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * What one application sent.
 *
 * @param name of the file, telling language and library
 * @param request everything it sent, as one request
 */
public record Recording(String name, ExportTraceServiceRequest request) {

    private static final String SUFFIX = ".pb";

    /** The projects recordings go to, by the beginning of their names. */
    private static final Map<String, String> PROJECTS =
            Map.of(
                    "gen-py-", "demo-genai-python",
                    "java-", "demo-java",
                    "oi-js-", "demo-openinference-javascript",
                    "oi-py-", "demo-openinference-python",
                    "ollm-", "demo-openllmetry",
                    "own-", "demo-frameworks",
                    "plain-", "demo-plain-opentelemetry",
                    "pydantic-", "demo-pydantic-ai",
                    "vercel-", "demo-vercel-ai");

    /**
     * The recordings of these names and those of these projects.
     *
     * @throws SettingsException for a name or project that no recording has
     */
    public static List<Recording> select(Collection<String> names, Collection<String> projects)
            throws IOException {
        List<Recording> all = all();
        requireKnown("recording", names, all.stream().map(Recording::name));
        requireKnown("project of recordings", projects, all.stream().map(Recording::project));
        return all.stream()
                .filter(
                        recording ->
                                names.contains(recording.name())
                                        || projects.contains(recording.project()))
                .toList();
    }

    private static void requireKnown(
            String what, Collection<String> wanted, Stream<String> existing) {
        Set<String> known = existing.collect(Collectors.toCollection(TreeSet::new));
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw new SettingsException(
                        "'%s' is no %s: choose from %s."
                                .formatted(name, what, String.join(", ", known)));
            }
        }
    }

    public static List<Recording> all() throws IOException {
        Resource[] files =
                new PathMatchingResourcePatternResolver()
                        .getResources("classpath*:demo/*" + SUFFIX);
        Arrays.sort(files, Comparator.comparing(Resource::getFilename));
        List<Recording> recordings = new ArrayList<>();
        for (Resource file : files) {
            recordings.add(read(file));
        }
        return recordings;
    }

    public String project() {
        return PROJECTS.entrySet().stream()
                .filter(project -> name.startsWith(project.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("demo");
    }

    public int spans() {
        return (int) ends().count();
    }

    Duration timeBetweenFirstAndLastEnd() {
        LongSummaryStatistics ends = ends().summaryStatistics();
        return Duration.ofNanos(ends.getCount() == 0 ? 0 : ends.getMax() - ends.getMin());
    }

    /** When its spans ended, in nanoseconds since the epoch. */
    private LongStream ends() {
        return request.getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .mapToLong(Span::getEndTimeUnixNano);
    }

    private static Recording read(Resource file) throws IOException {
        String fileName = Objects.requireNonNull(file.getFilename());
        try (InputStream content = file.getInputStream()) {
            return new Recording(
                    fileName.substring(0, fileName.length() - SUFFIX.length()),
                    ExportTraceServiceRequest.parseFrom(content));
        }
    }
}
