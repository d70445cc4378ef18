/** What admins decide about the assistant. */
@NullMarked
package dev.phoenix.server.assistant;

import org.jspecify.annotations.NullMarked;
