package io.github.hotplate.retry;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.backoff.BackOffExecution;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.AtMostOnce;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.ConnectionBoundCommand;
import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.config.ClientConfig.Retries;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.CallDeadline;
import io.github.hotplate.execution.CallPart;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.execution.ClientClosedException;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.NoReplyException;
import io.github.hotplate.execution.NodeEjectedException;
import io.github.hotplate.execution.Recovery;

/**
 * The retries of one command that has failed. Not thread-safe.
 */
final class CommandRetries {

	private final String client;

	private final CommandArguments arguments;

	private final CommandSpec command;

	private final String name;

	private final boolean pinned;

	private final boolean retryable;

	private final boolean atMostOnce;

	private final Retries settings;

	private final CallDeadline deadline;

	private final InstantSource clock;

	private final Sleeper sleeper;

	private final RetryWarnings warnings;

	private final BackOffExecution backOff;

	private int attempts = 1;

	private int clusterDowns;

	private boolean mayHaveRun;

	private boolean slow;

	private @Nullable Set<HostAndPort> busyNodes;

	CommandRetries(String client, CommandObject<?> command, CommandSpec spec, Retries settings, CallDeadline deadline,
			InstantSource clock, Sleeper sleeper, RetryWarnings warnings) {
		this.client = client;
		this.arguments = command.getArguments();
		this.command = spec;
		this.name = (command instanceof TransactionCommand) ? "EXEC" : spec.name();
		this.pinned = command instanceof NodeBoundCommand<?>;
		this.retryable = isRetryable(command);
		this.atMostOnce = command instanceof AtMostOnce;
		this.settings = settings;
		this.deadline = deadline;
		this.clock = clock;
		this.sleeper = sleeper;
		this.warnings = warnings;
		this.backOff = RetryPauses.inNanos(settings).start();
	}

	// What was watched on one connection is not watched on another.
	private static boolean isRetryable(CommandObject<?> command) {
		return !(command instanceof ConnectionBoundCommand<?>)
				&& !(command instanceof TransactionCommand transaction && transaction.getConnection() != null);
	}

	CommandSpec command() {
		return this.command;
	}

	/**
	 * Check that the command may be sent again.
	 * @param failure how the last attempt ended
	 * @throws RuntimeException the failure for the caller, if it may not
	 */
	void check(RuntimeException failure) {
		FailureKind kind = FailureKind.of(failure);
		this.mayHaveRun |= kind == FailureKind.AMBIGUOUS && !this.command.leavesNoTrace();
		if (kind == FailureKind.FINAL) {
			throw outcome(failure);
		}
		if (kind == FailureKind.AMBIGUOUS && !mayRunTwice()) {
			String remedy = (this.atMostOnce || !this.retryable) ? ""
					: ". Set " + this.client + ".retry.non_idempotent to true to retry such commands anyway";
			throw new AmbiguousExecutionException(this.name + " on client '" + this.client
					+ "' was sent and its reply was lost: Redis may or may not have run it, so it was not retried"
					+ remedy + " (" + failure.getMessage() + ")", failure);
		}
		if (failure instanceof NodeEjectedException && this.pinned) {
			throw outcome(failure);
		}
		boolean slowBefore = this.slow;
		this.slow = failure instanceof NoReplyException;
		if (failure instanceof NoReplyException timeout && (!isFirstOf(timeout.node()) || slowBefore)) {
			throw outcome(failure);
		}
		// WAIT and WAITAOF wait for what was written to the node that is demoted.
		if (ErrorReply.of(failure) == ErrorReply.DEMOTED && this.command.name().startsWith("WAIT")) {
			throw outcome(failure);
		}
		if (!this.retryable || this.attempts++ >= this.settings.maxAttempts()) {
			throw outcome(failure);
		}
	}

	/**
	 * Wait until it is worth sending the command again.
	 * @param failure how the last attempt ended
	 * @throws RuntimeException the failure, if that is later than the deadline
	 */
	void await(RuntimeException failure) {
		try {
			if (failure instanceof ClusterDownException down) {
				awaitCluster(down);
			}
			else {
				pause(failure);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw outcome(failure);
		}
		catch (ClientClosedException ex) {
			throw outcome(ex);
		}
		finally {
			CallRecord.lap(CallPart.RETRIES);
		}
	}

	// Others say or imply that Redis ran nothing, which is true of the last attempt only.
	private RuntimeException outcome(RuntimeException failure) {
		if (!this.mayHaveRun || failure instanceof AmbiguousExecutionException
				|| FailureKind.of(failure) == FailureKind.AMBIGUOUS) {
			return failure;
		}
		return new AmbiguousExecutionException(this.name + " on client '" + this.client
				+ "' was sent and its reply was lost: Redis may or may not have run it. It was retried, and the last attempt failed ("
				+ failure.getMessage() + ")", failure);
	}

	// Two nodes in a row that have answered a probe, or one twice, show that it is the
	// command that takes long. Sending it over and over would keep them from other work.
	private boolean isFirstOf(HostAndPort node) {
		if (this.busyNodes == null) {
			this.busyNodes = new HashSet<>();
		}
		return this.busyNodes.add(node);
	}

	private boolean mayRunTwice() {
		return (this.settings.nonIdempotent() && !this.atMostOnce)
				|| this.command.mayRunTwice(this.arguments, this.clock.millis());
	}

	private void awaitCluster(ClusterDownException failure) throws InterruptedException {
		Recovery recovery = failure.recovery();
		if (recovery == null) {
			pause(failure);
		}
		else if (this.clusterDowns++ >= this.settings.clusterDownAttempts() || !recovery.await(this.deadline.left())) {
			throw outcome(failure);
		}
	}

	private void pause(RuntimeException failure) throws InterruptedException {
		Duration pause = Duration.ofNanos(this.backOff.nextBackOff());
		if (pause.compareTo(this.deadline.left()) > 0) {
			throw outcome(failure);
		}
		this.warnings.announce(this.attempts - 1, pause);
		this.sleeper.sleep(pause);
	}

	static String reason(RuntimeException failure) {
		String code = ErrorReply.of(failure).code();
		if (code != null) {
			return code;
		}
		if (failure instanceof ClusterDownException) {
			return "CLUSTERDOWN";
		}
		return (failure.getCause() instanceof SocketTimeoutException) ? "timeout" : "connection";
	}

}
