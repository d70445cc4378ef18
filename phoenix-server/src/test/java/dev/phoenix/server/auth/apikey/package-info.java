@NullMarked
package dev.phoenix.server.auth.apikey;

import org.jspecify.annotations.NullMarked;
