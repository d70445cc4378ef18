/** Projects: the containers of traces. */
@NullMarked
package dev.phoenix.server.project;

import org.jspecify.annotations.NullMarked;
