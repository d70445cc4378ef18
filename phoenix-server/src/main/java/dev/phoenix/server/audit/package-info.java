/**
 * The audit log: who did what to what, when and from where. Other features record, this one lists.
 */
@NullMarked
package dev.phoenix.server.audit;

import org.jspecify.annotations.NullMarked;
