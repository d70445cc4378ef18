/** A help desk that answers from a handbook and looks up orders, traced with Phoenix. */
@NullMarked
package dev.phoenix.examples.rag;

import org.jspecify.annotations.NullMarked;
