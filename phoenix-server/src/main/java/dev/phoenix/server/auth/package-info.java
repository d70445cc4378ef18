/** Who may do what: one policy table for REST, gRPC and GraphQL, and the places that enforce it. */
@NullMarked
package dev.phoenix.server.auth;

import org.jspecify.annotations.NullMarked;
