@NullMarked
package dev.phoenix.server.settings;

import org.jspecify.annotations.NullMarked;
