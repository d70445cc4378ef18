package dev.phoenix.benchmarks.scenario;

import dev.phoenix.benchmarks.target.Bare;
import dev.phoenix.benchmarks.target.Phoenix;
import java.nio.file.Path;
import java.util.List;

/** What the launcher says about itself, so that nothing here repeats its flags. */
public final class LaunchOptions {

    private LaunchOptions() {}

    /** {@code ./phoenix} itself. */
    public static Path launcher() {
        return Path.of(System.getProperty("phoenix.launcher"));
    }

    public static Phoenix phoenix() {
        return new Phoenix(launcher());
    }

    static Bare bare() {
        return new Bare(jvmFlags());
    }

    static List<String> jvmFlags() {
        return List.of(System.getProperty("phoenix.jvm.flags").trim().split("\\s+"));
    }
}
