@NullMarked
package dev.phoenix.benchmarks.fault;

import org.jspecify.annotations.NullMarked;
