/** The key and the certificates that both listeners show and ask for. */
@NullMarked
package dev.phoenix.server.tls;

import org.jspecify.annotations.NullMarked;
