/**
 * What calls of models cost: the price list, people's own prices, which price applies to a span,
 * and the sums that lists show.
 */
@NullMarked
package dev.phoenix.server.cost;

import org.jspecify.annotations.NullMarked;
