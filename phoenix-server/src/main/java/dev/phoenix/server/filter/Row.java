package dev.phoenix.server.filter;

/**
 * A row that a condition speaks of: the one to be chosen, or an element of a comprehension.
 *
 * @param id 0 for the one to be chosen
 */
record Row(int id, Source source) {}
