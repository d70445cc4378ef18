@NullMarked
package dev.phoenix.server.ui;

import org.jspecify.annotations.NullMarked;
