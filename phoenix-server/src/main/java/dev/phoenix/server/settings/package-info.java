/** Every {@code PHOENIX_*} variable as a typed record, read and validated once at start. */
@NullMarked
package dev.phoenix.server.settings;

import org.jspecify.annotations.NullMarked;
