package dev.phoenix.server.demo;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        return request.getResourceSpansList().stream()
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .mapToInt(scope -> scope.getSpansCount())
                .sum();
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
