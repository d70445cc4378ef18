@NullMarked
package dev.phoenix.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
