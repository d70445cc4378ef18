@NullMarked
package dev.phoenix.otel;

import org.jspecify.annotations.NullMarked;
