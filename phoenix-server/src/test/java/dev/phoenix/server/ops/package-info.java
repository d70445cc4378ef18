@NullMarked
package dev.phoenix.server.ops;

import org.jspecify.annotations.NullMarked;
