@NullMarked
package dev.phoenix.server.mail;

import org.jspecify.annotations.NullMarked;
