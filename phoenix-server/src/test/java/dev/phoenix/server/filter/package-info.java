@NullMarked
package dev.phoenix.server.filter;

import org.jspecify.annotations.NullMarked;
