package io.github.hotplate.command;

/**
 * Marks a command that never runs twice, not even with {@code retry.non_idempotent}: what
 * is done next depends on the reply to its only run.
 *
 * @since 0.1.0
 */
public interface AtMostOnce {

}
