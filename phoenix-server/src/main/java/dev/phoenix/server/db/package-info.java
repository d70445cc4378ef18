/**
 * The two database engines behind one contract: data sources, migrations, keys. Knows no feature.
 */
@NullMarked
package dev.phoenix.server.db;

import org.jspecify.annotations.NullMarked;
