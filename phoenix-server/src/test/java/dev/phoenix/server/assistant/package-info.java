@NullMarked
package dev.phoenix.server.assistant;

import org.jspecify.annotations.NullMarked;
