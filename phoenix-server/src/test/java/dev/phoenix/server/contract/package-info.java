@NullMarked
package dev.phoenix.server.contract;

import org.jspecify.annotations.NullMarked;
