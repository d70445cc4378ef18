package dev.phoenix.benchmarks.target;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that takes OTLP: how its process is started. */
public interface Target {

    String name();

    List<String> command(Store store, int httpPort, int grpcPort);

    Map<String, String> environment(Store store, Path folder, int httpPort, int grpcPort);
}
