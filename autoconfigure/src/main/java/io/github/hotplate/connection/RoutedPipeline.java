package io.github.hotplate.connection;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.KeySpecs;
import io.github.hotplate.command.PipelineCommand;

/**
 * Collects commands and hands them to the executor as one. Holds no connection meanwhile.
 * Not thread-safe.
 */
final class RoutedPipeline extends AbstractPipeline {

	private final CommandExecutor executor;

	private final KeySpecs keySpecs;

	private final List<CommandObject<?>> commands = new ArrayList<>();

	private final List<ReplyResponse<?>> responses = new ArrayList<>();

	private String name = "";

	RoutedPipeline(CommandObjects commandObjects, CommandExecutor executor, KeySpecs keySpecs) {
		super(commandObjects);
		this.executor = executor;
		this.keySpecs = keySpecs;
	}

	void setName(String name) {
		this.name = name;
	}

	@Override
	protected <T> Response<T> appendCommand(CommandObject<T> unmarked) {
		CommandObject<T> command = this.keySpecs.mark(unmarked);
		ReplyResponse<T> response = new ReplyResponse<>(command);
		this.commands.add(command);
		this.responses.add(response);
		return response;
	}

	@Override
	public void sync() {
		if (this.commands.isEmpty()) {
			return;
		}
		PipelineCommand pipeline = new PipelineCommand(this.name, this.commands);
		List<ReplyResponse<?>> waiting = List.copyOf(this.responses);
		this.commands.clear();
		this.responses.clear();
		List<@Nullable Object> replies = this.executor.executeCommand(pipeline);
		for (int i = 0; i < waiting.size(); i++) {
			waiting.get(i).set(located(replies.get(i), i, pipeline));
		}
	}

	private static @Nullable Object located(@Nullable Object reply, int index, PipelineCommand pipeline) {
		if (reply instanceof JedisDataException error) {
			String command = CommandSpecs.of(pipeline.getCommands().get(index).getArguments()).name();
			return new JedisDataException("Command " + index + " (" + command + ") of pipeline"
					+ (pipeline.getName().isEmpty() ? "" : " '" + pipeline.getName() + "'") + " failed: "
					+ error.getMessage(), error);
		}
		return reply;
	}

	@Override
	public void close() {
		sync();
	}

}
