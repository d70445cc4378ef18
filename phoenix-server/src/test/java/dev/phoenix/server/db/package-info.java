@NullMarked
package dev.phoenix.server.db;

import org.jspecify.annotations.NullMarked;
