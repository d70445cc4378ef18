@NullMarked
package dev.phoenix.core;

import org.jspecify.annotations.NullMarked;
