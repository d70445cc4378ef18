/**
 * What happens to acknowledged spans when something breaks: each fault is caused on purpose, under
 * load, and one oracle says whether everything acknowledged is there once and every stored sum
 * equals a recount.
 */
@NullMarked
package dev.phoenix.benchmarks.fault;

import org.jspecify.annotations.NullMarked;
