@NullMarked
package dev.phoenix.server.live;

import org.jspecify.annotations.NullMarked;
