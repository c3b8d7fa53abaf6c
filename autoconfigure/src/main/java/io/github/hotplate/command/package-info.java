/**
 * What is known of a command before it is sent, and what an error reply means.
 * <p>
 * Internal except for {@link AccessRule}, {@link CommandSpec}, {@link Idempotence},
 * {@link RequestPolicy} and {@link ResponsePolicy}: may change without notice.
 */
@NullMarked
package io.github.hotplate.command;

import org.jspecify.annotations.NullMarked;
