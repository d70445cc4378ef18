@NullMarked
package dev.phoenix.server.project;

import org.jspecify.annotations.NullMarked;
