package dev.phoenix.server.project;

import java.util.List;
import java.util.random.RandomGenerator;

/** The two colours by which a project is told apart in lists; {@code #rrggbb}. */
record ProjectGradient(String start, String end) {

    static final ProjectGradient DEFAULT = new ProjectGradient("#5bdbff", "#1c76fc");

    static final List<ProjectGradient> PRESETS =
            List.of(
                    DEFAULT,
                    new ProjectGradient("#7ce7ac", "#0f8a5f"),
                    new ProjectGradient("#ffd166", "#e07a1f"),
                    new ProjectGradient("#ff9aa2", "#d1345b"),
                    new ProjectGradient("#c9a7ff", "#6b3fd4"),
                    new ProjectGradient("#9be7f5", "#0b7f99"),
                    new ProjectGradient("#f7b2d9", "#a8327f"),
                    new ProjectGradient("#d4e157", "#6f8f0d"),
                    new ProjectGradient("#ffb38a", "#c2461f"),
                    new ProjectGradient("#a5b8ff", "#3346c9"),
                    new ProjectGradient("#b7d1c6", "#3f6b5c"),
                    new ProjectGradient("#e2c9a1", "#8a6230"));

    /** So that projects next to each other look different. */
    static ProjectGradient any() {
        return PRESETS.get(RandomGenerator.getDefault().nextInt(PRESETS.size()));
    }
}
