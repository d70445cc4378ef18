/** Values that only the server reads: encrypted in the database, redacted in answers. */
@NullMarked
package dev.phoenix.server.secret;

import org.jspecify.annotations.NullMarked;
