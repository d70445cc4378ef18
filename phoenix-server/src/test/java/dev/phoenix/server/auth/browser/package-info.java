@NullMarked
package dev.phoenix.server.auth.browser;

import org.jspecify.annotations.NullMarked;
