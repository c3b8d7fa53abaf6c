package io.github.hotplate.activity;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A call that was slow, and where its time went. The parts add up to the total, each
 * rounded to a microsecond.
 *
 * @param command the command in upper case, {@code PIPELINE} or {@code MULTI}
 * @param commands the number of commands in a pipeline or a transaction, otherwise 1
 * @param key the first key of a single command, as a
 * {@link io.github.hotplate.hotkey.HotKeyNaming} names it; {@code null} for several
 * commands, for a command without keys and for a key that is not to be named
 * @param node the address of the node that the call used last, or of the slowest one if
 * it used several at once; {@code null} if it came to none
 * @param at when the call began
 * @param totalMillis how long the call took, in milliseconds, like all times here
 * @param poolWaitMillis the wait for a connection to become free
 * @param connectMillis the time to open connections, with TLS and authentication
 * @param serverMillis the time of the network and the server, in attempts that count
 * @param retriesMillis attempts that had to be repeated, and the pauses after them
 * @param redirectsMillis attempts that led to another node
 * @param retries how often a command of the call was sent again
 * @param redirections how many {@code MOVED} and {@code ASK} replies were followed
 * @param error the first word of an error reply, the class of another failure, or
 * {@code null} if all went well
 * @param traceId the trace during which the call was made, or {@code null}
 * @since 0.1.0
 */
public record SlowCall(String command, int commands, @Nullable String key, @Nullable String node, Instant at,
		double totalMillis, double poolWaitMillis, double connectMillis, double serverMillis, double retriesMillis,
		double redirectsMillis, int retries, int redirections, @Nullable String error, @Nullable String traceId) {

}
