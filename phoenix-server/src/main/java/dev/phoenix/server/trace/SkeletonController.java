package dev.phoenix.server.trace;

import dev.phoenix.server.api.Cursor;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Extension: the tree of a trace in one compact answer, however many spans it has. */
@RestController
@Tag(name = "traces")
class SkeletonController {

    private final TraceReader traces;
    private final SkeletonReader skeletons;

    SkeletonController(TraceReader traces, SkeletonReader skeletons) {
        this.traces = traces;
        this.skeletons = skeletons;
    }

    @GetMapping("/v1/traces/{trace_identifier}/skeleton")
    TraceSkeleton getTraceSkeleton(
            @PathVariable("trace_identifier") String traceIdentifier,
            @RequestParam(defaultValue = "10000") @Positive @Max(50_000) int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return skeletons.read(traces.require(traceIdentifier), Cursor.given(cursor), limit);
    }
}
