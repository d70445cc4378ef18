/** Serves the web interface: its page for every address that is not an API's, and its files. */
@NullMarked
package dev.phoenix.server.ui;

import org.jspecify.annotations.NullMarked;
