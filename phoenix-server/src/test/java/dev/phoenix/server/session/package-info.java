@NullMarked
package dev.phoenix.server.session;

import org.jspecify.annotations.NullMarked;
