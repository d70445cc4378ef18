/**
 * Recorded traffic of real applications, sent to a running server so that there is something to
 * look at.
 */
@NullMarked
package dev.phoenix.server.demo;

import org.jspecify.annotations.NullMarked;
