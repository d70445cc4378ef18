@NullMarked
package dev.phoenix.server.auth.account;

import org.jspecify.annotations.NullMarked;
