/**
 * The single way out to URLs that users gave. Whatever they name, nothing inside the operator's
 * network is reached unless the operator lists it.
 */
@NullMarked
package dev.phoenix.server.outbound;

import org.jspecify.annotations.NullMarked;
