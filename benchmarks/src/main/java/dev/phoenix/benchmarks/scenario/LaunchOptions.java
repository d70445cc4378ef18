package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.target.Bare;
import dev.phoenix.benchmarks.target.Phoenix;
import java.nio.file.Path;
import java.util.List;

/** What the launcher says about itself, so that nothing here repeats its flags. */
final class LaunchOptions {

    private LaunchOptions() {}

    static Phoenix phoenix() {
        return new Phoenix(Path.of(System.getProperty("phoenix.launcher")));
    }

    static Bare bare() {
        return new Bare(jvmFlags());
    }

    static List<String> jvmFlags() {
        return List.of(System.getProperty("phoenix.jvm.flags").trim().split("\\s+"));
    }
}
