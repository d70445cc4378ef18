/** The program: command line, start-up, and what it prints. */
@NullMarked
package dev.phoenix.server;

import org.jspecify.annotations.NullMarked;
