/** The text of a filter condition and the tree it stands for; knows no names and no types. */
@NullMarked
package dev.phoenix.server.filter.syntax;

import org.jspecify.annotations.NullMarked;
