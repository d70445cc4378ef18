/**
 * The physical floor: OTLP in, parsed, made JSON, into one table with a unique span id and four
 * indexes, answered after the commit. Nothing else, so that what the server does beyond it can be
 * read off.
 */
@NullMarked
package dev.phoenix.benchmarks.bare;

import org.jspecify.annotations.NullMarked;
