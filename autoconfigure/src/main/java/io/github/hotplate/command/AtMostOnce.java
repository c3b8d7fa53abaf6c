package io.github.hotplate.command;

/**
 * Marks a command that never runs twice, not even where the client is told to repeat
 * commands whose reply was lost: what is done next depends on the reply to its only run.
 *
 * @since 0.1.0
 */
public interface AtMostOnce {

}
