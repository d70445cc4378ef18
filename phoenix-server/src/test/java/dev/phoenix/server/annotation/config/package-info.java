@NullMarked
package dev.phoenix.server.annotation.config;

import org.jspecify.annotations.NullMarked;
