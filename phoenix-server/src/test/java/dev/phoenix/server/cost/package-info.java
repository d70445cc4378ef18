@NullMarked
package dev.phoenix.server.cost;

import org.jspecify.annotations.NullMarked;
