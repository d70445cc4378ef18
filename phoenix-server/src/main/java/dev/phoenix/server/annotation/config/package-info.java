/** What annotations of a name look like, and which of them a project offers. */
@NullMarked
package dev.phoenix.server.annotation.config;

import org.jspecify.annotations.NullMarked;
