@NullMarked
package dev.phoenix.server.ingest.rederive;

import org.jspecify.annotations.NullMarked;
