/** What people, programs and models say about spans, traces, sessions and documents. */
@NullMarked
package dev.phoenix.server.annotation;

import org.jspecify.annotations.NullMarked;
