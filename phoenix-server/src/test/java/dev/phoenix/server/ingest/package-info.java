@NullMarked
package dev.phoenix.server.ingest;

import org.jspecify.annotations.NullMarked;
