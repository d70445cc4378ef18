/**
 * Where an application's Phoenix server is and how to speak to it, from code, environment or file.
 */
@NullMarked
package dev.phoenix.core.config;

import org.jspecify.annotations.NullMarked;
