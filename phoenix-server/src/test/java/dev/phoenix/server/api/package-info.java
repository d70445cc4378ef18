@NullMarked
package dev.phoenix.server.api;

import org.jspecify.annotations.NullMarked;
