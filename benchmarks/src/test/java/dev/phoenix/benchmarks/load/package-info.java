@NullMarked
package dev.phoenix.benchmarks.load;

import org.jspecify.annotations.NullMarked;
