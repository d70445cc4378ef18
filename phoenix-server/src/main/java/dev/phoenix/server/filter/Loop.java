package dev.phoenix.server.filter;

import java.util.List;

/**
 * The elements of a comprehension.
 *
 * @param owner the row whose elements they are
 * @param conditions those that all of them fulfil
 */
record Loop(Row element, Many many, Row owner, List<Check> conditions) {}
