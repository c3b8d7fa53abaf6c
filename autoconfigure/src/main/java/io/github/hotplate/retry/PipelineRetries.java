package io.github.hotplate.retry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.CallDeadline;
import io.github.hotplate.execution.CommandInvocation;
import io.github.hotplate.execution.OvertakenCommandException;

/**
 * Runs a pipeline and retries, in ever smaller pipelines, those of its commands that
 * Redis did not run. Each command follows the rules of a command on its own, unless
 * another one of the same pipeline would be overtaken. Not thread-safe.
 *
 * @see PipelineOrder
 */
final class PipelineRetries {

	private final PipelineCommand pipeline;

	private final MethodInvocation invocation;

	private final ClientRetries client;

	private final CallDeadline deadline;

	private final @Nullable Object[] replies;

	private final Map<Integer, CommandRetries> retries = new HashMap<>();

	private final PipelineOrder order;

	PipelineRetries(PipelineCommand pipeline, MethodInvocation invocation, ClientRetries client,
			CallDeadline deadline) {
		this.pipeline = pipeline;
		this.invocation = invocation;
		this.client = client;
		this.deadline = deadline;
		this.replies = new Object[pipeline.getCommands().size()];
		this.order = new PipelineOrder(pipeline.getCommands(), client.clock().millis(),
				client.client().retries().nonIdempotent());
	}

	/**
	 * Run the pipeline.
	 * @return one element a command: the reply, or the exception that took its place
	 * @throws Throwable if the pipeline as a whole could not be run
	 */
	List<@Nullable Object> execute() throws Throwable {
		List<@Nullable Object> answers = proceed(this.pipeline);
		if (answers.stream().noneMatch(RuntimeException.class::isInstance)) {
			return answers;
		}
		List<Integer> pending = settle(IntStream.range(0, this.replies.length).boxed().toList(), answers);
		while (!pending.isEmpty()) {
			pending = attempt(pending);
		}
		return Arrays.asList(this.replies);
	}

	private List<Integer> attempt(List<Integer> pending) throws Throwable {
		List<CommandObject<?>> subset = new ArrayList<>(pending.size());
		pending.forEach((index) -> subset.add(command(index)));
		return settle(pending, proceed(this.pipeline.with(subset)));
	}

	// Keeps what is final, and waits if there is something left to send again.
	private List<Integer> settle(List<Integer> pending, List<@Nullable Object> answers) {
		List<Integer> again = new ArrayList<>();
		for (int i = 0; i < pending.size(); i++) {
			this.order.note(pending.get(i), answers.get(i));
		}
		for (int i = 0; i < pending.size(); i++) {
			int index = pending.get(i);
			Object answer = answers.get(i);
			this.replies[index] = answer;
			if (answer instanceof RuntimeException failure && maySendAgain(index, failure)) {
				again.add(index);
			}
		}
		if (!this.pipeline.isOrdered()) {
			return await(again);
		}
		List<Integer> inTime = withoutOvertaken(again);
		List<Integer> waited = await(inTime);
		// One that was given up may have made up for another.
		return this.order.withFollowers((waited.size() < inTime.size()) ? withoutOvertaken(waited) : waited);
	}

	private List<Integer> withoutOvertaken(List<Integer> again) {
		Set<Integer> overtaken = this.order.overtaken(again);
		if (overtaken.isEmpty()) {
			return again;
		}
		List<Integer> inTime = new ArrayList<>(again);
		inTime.removeAll(overtaken);
		overtaken.forEach(this::giveUp);
		return inTime;
	}

	private void giveUp(int index) {
		RuntimeException failure = (RuntimeException) Objects.requireNonNull(this.replies[index]);
		String name = CommandSpecs.of(command(index).getArguments()).name() + " on client '" + this.client.name() + "'";
		this.replies[index] = this.order.mayHaveRun(index) ? new AmbiguousExecutionException(name
				+ " was sent and its reply was lost: Redis may or may not have run it, and it was not retried, since a "
				+ "later command of the pipeline on one of its keys may have run (" + failure.getMessage() + ")",
				failure)
				: new OvertakenCommandException(name
						+ " was refused and not sent again, since a later command of the pipeline on one of its keys has "
						+ "run. Use a transaction, which runs as a whole or not at all (" + failure.getMessage() + ")",
						failure);
	}

	@SuppressWarnings("unchecked") // The reply to a pipeline.
	private List<@Nullable Object> proceed(PipelineCommand commands) throws Throwable {
		List<@Nullable Object> answers = (List<@Nullable Object>) CommandInvocation.proceed(this.invocation, commands);
		return (answers != null) ? answers : List.of();
	}

	private boolean maySendAgain(int index, RuntimeException failure) {
		try {
			this.retries.computeIfAbsent(index, (key) -> retriesOf(command(key))).check(failure);
			return true;
		}
		catch (RuntimeException ex) {
			this.replies[index] = ex;
			return false;
		}
	}

	// What holds up one of the commands most likely holds up all. Those given up are not
	// waited for.
	private List<Integer> await(List<Integer> again) {
		for (int i = 0; i < again.size(); i++) {
			if (await(again.get(i))) {
				return again.subList(i, again.size());
			}
		}
		return List.of();
	}

	private boolean await(int index) {
		RuntimeException failure = (RuntimeException) this.replies[index];
		CommandRetries commandRetries = this.retries.get(index);
		if (failure == null || commandRetries == null) {
			return false;
		}
		try {
			commandRetries.await(failure);
		}
		catch (RuntimeException ex) {
			this.replies[index] = ex;
			return false;
		}
		this.client.announce(commandRetries.command(), failure);
		return true;
	}

	private CommandRetries retriesOf(CommandObject<?> command) {
		return this.client.retriesOf(command, CommandSpecs.of(command.getArguments()), this.deadline);
	}

	private CommandObject<?> command(int index) {
		return this.pipeline.getCommands().get(index);
	}

}
