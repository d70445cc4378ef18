@NullMarked
package dev.phoenix.server.tls;

import org.jspecify.annotations.NullMarked;
