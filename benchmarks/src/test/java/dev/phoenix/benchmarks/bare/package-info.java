@NullMarked
package dev.phoenix.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
