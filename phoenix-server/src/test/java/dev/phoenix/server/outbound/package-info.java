@NullMarked
package dev.phoenix.server.outbound;

import org.jspecify.annotations.NullMarked;
