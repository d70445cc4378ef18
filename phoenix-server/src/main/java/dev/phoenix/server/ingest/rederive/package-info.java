/** Reads stored spans anew, in the background, after the rules that read them became newer. */
@NullMarked
package dev.phoenix.server.ingest.rederive;

import org.jspecify.annotations.NullMarked;
