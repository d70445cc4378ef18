@NullMarked
package dev.phoenix.server;

import org.jspecify.annotations.NullMarked;
