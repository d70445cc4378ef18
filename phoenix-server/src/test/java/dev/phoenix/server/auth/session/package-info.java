@NullMarked
package dev.phoenix.server.auth.session;

import org.jspecify.annotations.NullMarked;
