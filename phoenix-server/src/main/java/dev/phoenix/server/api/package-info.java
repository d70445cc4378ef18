/**
 * Wire plumbing every feature shares: global ids, cursors, times, errors, GraphQL execution. Knows
 * no feature.
 */
@NullMarked
package dev.phoenix.server.api;

import org.jspecify.annotations.NullMarked;
