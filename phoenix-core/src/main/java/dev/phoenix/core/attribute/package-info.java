/** Span attributes as a tree: dotted keys in, nested objects and lists out, and back again. */
@NullMarked
package dev.phoenix.core.attribute;

import org.jspecify.annotations.NullMarked;
