/** Telling browsers and programs that something of a project changed. */
@NullMarked
package dev.phoenix.server.live;

import org.jspecify.annotations.NullMarked;
