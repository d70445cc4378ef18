@NullMarked
package dev.phoenix.server.ingest.removal;

import org.jspecify.annotations.NullMarked;
