/**
 * Real servers on real databases for tests: one per engine, kept running for all tests of the JVM.
 */
@NullMarked
package dev.phoenix.server.kit;

import org.jspecify.annotations.NullMarked;
