/** Reading sessions: conversations made of several traces. */
@NullMarked
package dev.phoenix.server.session;

import org.jspecify.annotations.NullMarked;
