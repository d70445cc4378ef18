@NullMarked
package dev.phoenix.server.audit;

import org.jspecify.annotations.NullMarked;
