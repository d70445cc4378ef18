/** Running the server: health, version, metrics, logging, and the plain edges of HTTP. */
@NullMarked
package dev.phoenix.server.ops;

import org.jspecify.annotations.NullMarked;
