/**
 * Measures the real server, started as its users start it, beside the physical floor of the
 * machine.
 */
@NullMarked
package dev.phoenix.benchmarks;

import org.jspecify.annotations.NullMarked;
