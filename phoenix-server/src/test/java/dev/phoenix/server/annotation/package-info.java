@NullMarked
package dev.phoenix.server.annotation;

import org.jspecify.annotations.NullMarked;
