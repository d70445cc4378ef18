/** What every Phoenix library shares, on nothing but the JDK. */
@NullMarked
package dev.phoenix.core;

import org.jspecify.annotations.NullMarked;
