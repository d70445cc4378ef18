package dev.phoenix.benchmarks.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Who used the processor in the last part of a flight recording.
 *
 * @param samples of threads that run Java, native code they call included
 * @param compiling time of the JIT compilers, which are not sampled
 * @param collecting time of the garbage collector, which is not sampled
 */
record CpuProfile(Map<Area, Integer> samples, Duration compiling, Duration collecting) {

    static CpuProfile of(Path recording, Duration last) throws IOException {
        List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
        Instant end =
                events.stream()
                        .map(RecordedEvent::getEndTime)
                        .max(Instant::compareTo)
                        .orElseThrow(() -> new IOException(recording + " has no events"));
        Map<Area, Integer> samples = new EnumMap<>(Area.class);
        double compiling = 0;
        Duration collecting = Duration.ZERO;
        for (RecordedEvent event : events) {
            if (event.getEndTime().isBefore(end.minus(last))) {
                continue;
            }
            switch (event.getEventType().getName()) {
                case "jdk.CPUTimeSample" -> samples.merge(area(event), 1, Integer::sum);
                case "jdk.ThreadCPULoad" -> compiling += compilerSeconds(event);
                case "jdk.GarbageCollection" ->
                        collecting = collecting.plus(event.getDuration("sumOfPauses"));
                default -> {}
            }
        }
        return new CpuProfile(samples, Duration.ofMillis((long) (1_000 * compiling)), collecting);
    }

    int total() {
        return samples.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Area area(RecordedEvent sample) {
        if (sample.getStackTrace() == null) {
            return Area.OTHER;
        }
        return Area.of(
                sample.getStackTrace().getFrames().stream()
                        .map(frame -> frame.getMethod().getType().getName())
                        .toList());
    }

    /** The event comes every second and tells a share of all processors. */
    private static double compilerSeconds(RecordedEvent load) {
        RecordedThread thread = load.getThread("eventThread");
        if (thread == null
                || thread.getOSName() == null
                || !thread.getOSName().contains("CompilerThre")) {
            return 0;
        }
        return (load.getFloat("user") + load.getFloat("system"))
                * Runtime.getRuntime().availableProcessors();
    }
}
