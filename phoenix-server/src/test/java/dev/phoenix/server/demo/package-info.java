@NullMarked
package dev.phoenix.server.demo;

import org.jspecify.annotations.NullMarked;
