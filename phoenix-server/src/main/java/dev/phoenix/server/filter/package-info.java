/** The filter languages of spans, traces and sessions: their names, their types, their SQL. */
@NullMarked
package dev.phoenix.server.filter;

import org.jspecify.annotations.NullMarked;
