package io.github.hotplate.crossslot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.command.SplitPart;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.execution.CommandInvocation;

/**
 * Sends the steps of a command that several nodes must see one after the other. What the
 * caller asked for is measured as a whole; each step that Redis did not run is retried on
 * its own. Replies are as they come off the wire. Not thread-safe.
 */
final class Steps {

	/**
	 * Elements that one command of {@link #replace} writes, well below the million
	 * arguments that Redis accepts.
	 */
	private static final int CHUNK = 10_000;

	private final MethodInvocation invocation;

	private final KeySlots slots;

	/**
	 * Create steps.
	 * @param invocation the call of the whole command, which is never proceeded with
	 * itself
	 * @param slots which keys belong together
	 */
	Steps(MethodInvocation invocation, KeySlots slots) {
		this.invocation = invocation;
		this.slots = slots;
	}

	/**
	 * Start a step.
	 * @param command what to do
	 * @param key the key to do it with
	 * @return the step, to which further arguments can be added
	 */
	static CommandArguments step(ProtocolCommand command, Object key) {
		return new CommandArguments(command).key(key);
	}

	/**
	 * Send one step to the primary of its key.
	 * @param step the step
	 * @return the reply
	 */
	@Nullable Object send(CommandArguments step) {
		return sendAll(List.of(step)).get(0);
	}

	/**
	 * Send one step whose reply is a number.
	 * @param step the step
	 * @return the number
	 */
	long count(CommandArguments step) {
		return (send(step) instanceof Long number) ? number : 0;
	}

	/**
	 * Send steps together, each to the primary of its key. Even those that only read go
	 * there, since something will be written or removed by what they find.
	 * @param steps the steps
	 * @return the replies in the order of the steps
	 */
	List<@Nullable Object> sendAll(List<CommandArguments> steps) {
		List<CommandObject<?>> commands = new ArrayList<>(steps.size());
		steps.forEach((step) -> commands.add(new SplitPart.OnPrimary(step, slot(step))));
		return replies(new PipelineCommand("", commands));
	}

	/**
	 * Send a step. It is never retried after a lost reply, not even with
	 * {@code retry.non_idempotent}.
	 * @param step the step
	 * @return the reply
	 */
	@Nullable Object sendOnce(CommandArguments step) {
		return replies(new PipelineCommand("", List.of(new SplitPart.Once(step, slot(step))))).get(0);
	}

	/**
	 * Send a step whose reply is a number, which is never retried after a lost reply.
	 * @param step the step
	 * @return the number
	 * @see #sendOnce(CommandArguments)
	 */
	long countOnce(CommandArguments step) {
		return (sendOnce(step) instanceof Long number) ? number : 0;
	}

	/**
	 * Send steps with the same key to its primary, which runs them without any other in
	 * between.
	 * @param steps the steps
	 * @return the replies in the order of the steps
	 */
	List<@Nullable Object> sendAtomically(CommandArguments... steps) {
		List<CommandObject<?>> commands = new ArrayList<>(steps.length);
		Arrays.asList(steps).forEach((step) -> commands.add(RawCommand.of(step)));
		return replies(new TransactionCommand(commands, slot(steps[0]), null));
	}

	/**
	 * Replace what is at a key, or remove it where there is nothing to replace it with.
	 * No other client ever sees a part.
	 * @param key the key
	 * @param add the command that adds elements
	 * @param elements the elements; {@code null} stands for an empty text
	 * @return the number of elements
	 */
	long replace(Object key, Command add, List<? extends @Nullable Object> elements) {
		List<CommandArguments> steps = new ArrayList<>();
		steps.add(step(Command.DEL, key));
		for (int next = 0; next < elements.size(); next += CHUNK) {
			CommandArguments chunk = step(add, key);
			elements.subList(next, Math.min(next + CHUNK, elements.size()))
				.forEach((element) -> chunk.add((element instanceof byte[] bytes) ? bytes : new byte[0]));
			steps.add(chunk);
		}
		sendAtomically(steps.toArray(CommandArguments[]::new));
		return elements.size();
	}

	private int slot(CommandArguments step) {
		return this.slots.slot(step.getKeys().get(0));
	}

	private List<@Nullable Object> replies(CommandObject<?> command) {
		List<@Nullable Object> replies = proceed(command);
		for (Object reply : replies) {
			if (reply instanceof RuntimeException failure) {
				throw failure;
			}
		}
		return replies;
	}

	@SuppressWarnings("unchecked") // The reply to a pipeline or a transaction.
	private List<@Nullable Object> proceed(CommandObject<?> command) {
		try {
			List<@Nullable Object> replies = (List<@Nullable Object>) CommandInvocation.proceed(this.invocation,
					command);
			CallRecord.served();
			return (replies != null) ? replies : List.of();
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException("Advice of the client failed", ex);
		}
	}

}
