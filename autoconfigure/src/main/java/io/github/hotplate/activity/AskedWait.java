package io.github.hotplate.activity;

import java.time.Duration;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.BlockingCommands;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.execution.CallPart;
import io.github.hotplate.execution.CallRecord;

/**
 * How much of a call is a wait that the caller asked for. A blocking command replies as
 * soon as there is something to reply, so up to its time-out, all that the server takes
 * may be such a wait. Commands of a transaction do not wait.
 */
final class AskedWait {

	private static final long ENDLESS = Long.MAX_VALUE;

	private AskedWait() {
	}

	/**
	 * Return how long a call may have waited as it was asked to.
	 * @param call a call that has ended
	 * @return the time in nanoseconds, zero if nothing in it blocks
	 */
	static long nanos(CallRecord call) {
		long asked = 0;
		if (call.command() instanceof PipelineCommand pipeline) {
			for (CommandObject<?> command : pipeline.getCommands()) {
				CommandArguments arguments = command.getArguments();
				asked = plus(asked, asked(CommandSpecs.of(arguments), arguments));
			}
		}
		else {
			asked = asked(call.spec(), call.command().getArguments());
		}
		return (asked > 0) ? Math.min(asked, call.nanos(CallPart.SERVER)) : 0;
	}

	private static long plus(long one, long other) {
		return (one > ENDLESS - other) ? ENDLESS : one + other;
	}

	private static long asked(CommandSpec spec, CommandArguments arguments) {
		Duration timeout = spec.blocking() ? BlockingCommands.timeout(arguments) : null;
		if (timeout == null) {
			return 0;
		}
		try {
			return timeout.isZero() ? ENDLESS : timeout.toNanos();
		}
		catch (ArithmeticException ex) {
			return ENDLESS;
		}
	}

}
