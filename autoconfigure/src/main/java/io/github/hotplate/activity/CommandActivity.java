package io.github.hotplate.activity;

import java.time.Duration;

/**
 * What came of all commands of one name.
 *
 * @param count how many were sent one by one
 * @param failures how many of these failed
 * @param total how long these took together
 * @param longest how long the slowest of these took
 * @param pipelined how many were sent inside of pipelines and transactions, whose time
 * and failures are those of {@code PIPELINE} and {@code MULTI}
 * @since 0.1.0
 */
public record CommandActivity(long count, long failures, Duration total, Duration longest, long pipelined) {

	static final CommandActivity NONE = new CommandActivity(0, 0, Duration.ZERO, Duration.ZERO, 0);

	CommandActivity plus(CommandActivity other) {
		return new CommandActivity(this.count + other.count, this.failures + other.failures,
				this.total.plus(other.total),
				(this.longest.compareTo(other.longest) > 0) ? this.longest : other.longest,
				this.pipelined + other.pipelined);
	}

}
