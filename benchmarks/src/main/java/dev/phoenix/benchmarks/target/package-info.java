/** What is measured: a server process on a throw-away database. */
@NullMarked
package dev.phoenix.benchmarks.target;

import org.jspecify.annotations.NullMarked;
