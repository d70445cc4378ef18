/** The rejections ledger: which spans were not stored as they arrived, why, and who sent them. */
@NullMarked
package dev.phoenix.server.ingest.ledger;

import org.jspecify.annotations.NullMarked;
