/**
 * What stands between browsers and everything else: who really calls, whether a page of this server
 * made the browser call, and how often.
 */
@NullMarked
package dev.phoenix.server.auth.browser;

import org.jspecify.annotations.NullMarked;
