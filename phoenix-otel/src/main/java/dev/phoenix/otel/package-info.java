/**
 * Sends an application's traces to Phoenix and writes OpenInference spans by hand.
 *
 * <p>Start at {@link dev.phoenix.otel.PhoenixOtel}.
 */
@NullMarked
package dev.phoenix.otel;

import org.jspecify.annotations.NullMarked;
