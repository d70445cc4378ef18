package dev.phoenix.server.live;

import dev.phoenix.server.api.Timestamps;
import dev.phoenix.server.auth.ContinuedAccess;
import dev.phoenix.server.project.Project;
import dev.phoenix.server.project.ProjectChanges;
import dev.phoenix.server.project.ProjectReader;
import dev.phoenix.server.trace.LastUpdates;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Extension: server-sent events that tell when something of a project was stored. Events carry the
 * time of the last change, and no data: whoever missed some learns all from the next one.
 */
@RestController
@Tag(name = "projects")
class ProjectEventsController {

    /** At most five events a second. */
    private static final Duration LEAST_PAUSE = Duration.ofMillis(200);

    /** Proxies cut what is silent for a minute; and only writing shows that nobody listens. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** How long a stream may outlive the credential that opened it. */
    private static final Duration ACCESS_CHECK = Duration.ofSeconds(2);

    private final ProjectStreams streams;
    private final ProjectReader projects;
    private final ProjectChanges changes;
    private final LastUpdates updates;
    private final ContinuedAccess access;

    ProjectEventsController(
            ProjectStreams streams,
            ProjectReader projects,
            ProjectChanges changes,
            LastUpdates updates,
            ContinuedAccess access) {
        this.streams = streams;
        this.projects = projects;
        this.changes = changes;
        this.updates = updates;
        this.access = access;
    }

    /**
     * @param lastEventId a browser that comes back says what it saw last; it hears only of what
     *     happened since
     */
    @GetMapping("/v1/projects/{project_identifier}/events")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE))
    void projectEvents(
            @PathVariable("project_identifier") String identifier,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        Project project = projects.require(identifier);
        try (var _ = streams.take()) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            // nginx keeps answers back otherwise.
            response.setHeader("X-Accel-Buffering", "no");
            Stream stream = new Stream(project.key(), request, response.getOutputStream());
            try {
                stream.run(seen(lastEventId));
            } catch (IOException e) {
                // The client is gone, which is how most streams end.
                return;
            }
        }
    }

    private static @Nullable Instant seen(@Nullable String lastEventId) {
        try {
            return lastEventId == null ? null : Timestamps.parse(lastEventId);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** One listener, on the thread of its request. */
    private final class Stream {

        private final long projectKey;
        private final HttpServletRequest request;
        private final OutputStream out;
        private long lastWriteNs;

        Stream(long projectKey, HttpServletRequest request, OutputStream out) {
            this.projectKey = projectKey;
            this.request = request;
            this.out = out;
        }

        void run(@Nullable Instant seen) throws IOException, InterruptedException {
            write("retry: 2000\n\n");
            Instant told = seen;
            Instant stored = updates.of(projectKey);
            boolean open = true;
            while (open) {
                long before = streams.changes();
                Instant change = changes.lastChange(projectKey);
                Instant latest = change == null ? stored : change;
                if (latest != null && !latest.equals(told)) {
                    tell(latest);
                    told = latest;
                    open = streams.pause(LEAST_PAUSE);
                } else if (isSilent()) {
                    open = !projects.byKeys(List.of(projectKey)).isEmpty();
                    write(": nothing new\n\n");
                }
                open = open && streams.await(before, ACCESS_CHECK) && access.continues(request);
            }
        }

        private void tell(Instant latest) throws IOException {
            write(
                    "id: %s\nevent: change\ndata: {\"lastUpdatedAt\":\"%s\"}\n\n"
                            .formatted(
                                    Timestamps.formatExact(Timestamps.nanos(latest)),
                                    Timestamps.format(latest)));
        }

        private boolean isSilent() {
            return System.nanoTime() - lastWriteNs >= HEARTBEAT.toNanos();
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            lastWriteNs = System.nanoTime();
        }
    }
}
