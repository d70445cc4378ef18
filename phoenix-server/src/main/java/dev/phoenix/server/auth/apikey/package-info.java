/** Keys for programs, of a person or of the whole system. */
@NullMarked
package dev.phoenix.server.auth.apikey;

import org.jspecify.annotations.NullMarked;
