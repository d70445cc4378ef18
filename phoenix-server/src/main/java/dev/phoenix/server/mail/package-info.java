/** Sending mail: what is written, to whom, and the way to the mail server. */
@NullMarked
package dev.phoenix.server.mail;

import org.jspecify.annotations.NullMarked;
