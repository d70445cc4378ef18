/** The names of OpenInference: span kinds and attribute keys. */
@NullMarked
package dev.phoenix.core.openinference;

import org.jspecify.annotations.NullMarked;
