package dev.phoenix.otel;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is said at start, so that a missing trace can be explained. Header values are masked. */
record Banner(
        String project,
        String endpoint,
        String protocol,
        String processor,
        Map<String, String> headers,
        boolean global) {

    @Override
    public String toString() {
        String names =
                new TreeMap<>(headers)
                        .keySet().stream()
                                .map(name -> name + "=****")
                                .collect(Collectors.joining(", "));
        return String.join(
                System.lineSeparator(),
                "Phoenix tracing is on",
                "  project    " + project,
                "  endpoint   " + endpoint.replaceFirst("//[^/@]*@", "//****@"),
                "  protocol   " + protocol,
                "  processor  " + processor,
                "  headers    " + (names.isEmpty() ? "none" : names),
                "  global     " + (global ? "yes" : "no"));
    }
}
