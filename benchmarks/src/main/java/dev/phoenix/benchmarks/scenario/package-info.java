/** One class per question asked of the server, each a command of {@code ./phoenix bench}. */
@NullMarked
package dev.phoenix.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
