/** Reading traces and spans: lists, one trace, one span, and what they sum up to. */
@NullMarked
package dev.phoenix.server.trace;

import org.jspecify.annotations.NullMarked;
