package io.github.hotplate.test.assertj;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.activity.CommandActivity;
import io.github.hotplate.activity.RedisActivity;

/**
 * Assertions on what some code did to Redis. Commands inside of a pipeline or a
 * transaction were sent together, so {@code sentAtMost} and {@code sentExactly} count
 * that as one. What fails says what was sent, and what to do about it.
 *
 * @since 0.1.0
 * @see RedisAssertions#assertThatRedis(RedisActivity)
 */
public final class RedisActivityAssert extends AbstractAssert<RedisActivityAssert, RedisActivity> {

	RedisActivityAssert(@Nullable RedisActivity activity) {
		super(activity, RedisActivityAssert.class);
	}

	/**
	 * Check that there were not too many commands, whatever their names.
	 * @param most how many may have been sent; a pipeline counts as one
	 * @return this
	 */
	public RedisActivityAssert sentAtMost(long most) {
		checkNumber(most);
		return check(activity().commands() <= most, "at most " + commands(most, ""),
				commands(activity().commands(), ""));
	}

	/**
	 * Check that there were not too many commands of one name.
	 * @param most how many may have been sent one by one
	 * @param name the name of the command, such as {@code GET}, in any case
	 * @return this
	 */
	public RedisActivityAssert sentAtMost(long most, String name) {
		checkNumber(most);
		long sent = activity().commands(name);
		return check(sent <= most, "at most " + commands(most, name), commands(sent, name));
	}

	/**
	 * Check how many commands there were, whatever their names.
	 * @param number how many must have been sent; a pipeline counts as one
	 * @return this
	 */
	public RedisActivityAssert sentExactly(long number) {
		checkNumber(number);
		long sent = activity().commands();
		return check(sent == number, "exactly " + commands(number, ""), commands(sent, ""));
	}

	/**
	 * Check how many commands of one name there were.
	 * @param number how many must have been sent one by one
	 * @param name the name of the command, such as {@code GET}, in any case
	 * @return this
	 */
	public RedisActivityAssert sentExactly(long number, String name) {
		checkNumber(number);
		long sent = activity().commands(name);
		return check(sent == number, "exactly " + commands(number, name), commands(sent, name));
	}

	/**
	 * Check that a command was sent, be it inside of a pipeline.
	 * @param name the name of the command, such as {@code MGET}, in any case
	 * @return this
	 */
	public RedisActivityAssert sent(String name) {
		return check(all(name) > 0, upper(name), "none");
	}

	/**
	 * Check that a command was not sent at all, not even inside of a pipeline.
	 * @param name the name of the command, such as {@code KEYS}, in any case
	 * @return this
	 */
	public RedisActivityAssert sentNo(String name) {
		return check(all(name) == 0, "no " + upper(name), commands(all(name), name));
	}

	/**
	 * Check that nothing was sent.
	 * @return this
	 */
	public RedisActivityAssert sentNothing() {
		return check(activity().commands() == 0, "no command", commands(activity().commands(), ""));
	}

	/**
	 * Check that no key was read again without having been written in between.
	 * @return this
	 */
	public RedisActivityAssert readNoKeyTwice() {
		long keys = activity().repeatedKeys();
		return check(keys == 0, "no key to be read twice",
				((keys == 1) ? "1 key was" : keys + " keys were") + " read again");
	}

	/**
	 * Check that no command failed. What succeeded at a retry has not failed.
	 * @return this
	 */
	public RedisActivityAssert hasNoFailures() {
		return check(activity().failures() == 0, "no failure", activity().failures() + " failed");
	}

	/**
	 * Check that no command had to be sent again.
	 * @return this
	 */
	public RedisActivityAssert hasNoRetries() {
		return check(activity().retries() == 0, "no retry",
				activity().retries() + ((activity().retries() == 1) ? " retry" : " retries"));
	}

	/**
	 * Check that the commands did not take too long.
	 * @param most how long all of them together may have taken
	 * @return this
	 */
	public RedisActivityAssert tookAtMost(Duration most) {
		return check(activity().time().compareTo(most) <= 0, "at most " + most.toMillis() + " ms",
				activity().time().toMillis() + " ms");
	}

	/**
	 * Check that there is nothing to improve: no commands one by one that could be sent
	 * together, no {@code KEYS}, and no key that was read again.
	 * @return this
	 * @see RedisActivity#remedies()
	 */
	public RedisActivityAssert needsNoRemedy() {
		List<String> remedies = activity().remedies();
		return check(remedies.isEmpty(), "nothing to improve", remedies.size() + " to improve");
	}

	/**
	 * Go on with what concerns one client.
	 * @param client the name of the client, such as {@code foo}
	 * @return an assertion on that client's commands
	 */
	public RedisActivityAssert client(String client) {
		return new RedisActivityAssert(activity().client(client)).as("client '%s'", client);
	}

	private RedisActivity activity() {
		isNotNull();
		return this.actual;
	}

	private long all(String name) {
		return activity().commands(name) + activity().pipelined(name);
	}

	private static void checkNumber(long number) {
		if (number < 0) {
			throw new IllegalArgumentException("A number of commands is never negative: " + number);
		}
	}

	private static String commands(long number, String name) {
		if (name.isEmpty()) {
			return number + ((number == 1) ? " command" : " commands");
		}
		return number + " " + upper(name);
	}

	private static String upper(String name) {
		return name.toUpperCase(Locale.ROOT);
	}

	private RedisActivityAssert check(boolean holds, String expected, String found) {
		if (!holds) {
			throw failure("%nExpected %s, but found %s.%nSent:%n%s%s", expected, found, sent(), remedies());
		}
		return this;
	}

	private String sent() {
		if (activity().byCommand().isEmpty()) {
			return "  nothing";
		}
		return activity().byCommand()
			.entrySet()
			.stream()
			.map(RedisActivityAssert::line)
			.collect(Collectors.joining("\n"));
	}

	private static String line(Map.Entry<String, CommandActivity> entry) {
		CommandActivity activity = entry.getValue();
		StringBuilder line = new StringBuilder("  ").append(activity.count() + activity.pipelined())
			.append(' ')
			.append(entry.getKey());
		if (activity.pipelined() > 0) {
			line.append(", ").append(activity.pipelined()).append(" of them together");
		}
		if (activity.failures() > 0) {
			line.append(", ").append(activity.failures()).append(" failed");
		}
		if (activity.count() > 0) {
			line.append(", ").append(activity.total().toMillis()).append(" ms");
		}
		return line.toString();
	}

	private String remedies() {
		List<String> remedies = activity().remedies();
		return remedies.isEmpty() ? "" : "\nRemedy:\n  " + String.join("\n  ", remedies);
	}

}
