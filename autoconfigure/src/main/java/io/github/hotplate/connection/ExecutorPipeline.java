package io.github.hotplate.connection;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Response;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.json.JsonObjectMapper;

import io.github.hotplate.command.KeySpecs;

/**
 * A Jedis pipeline for callers that use Jedis through the native connection. Not
 * thread-safe.
 */
final class ExecutorPipeline extends AbstractPipeline {

	private final QueuedCommands commands;

	private final KeySpecs keySpecs;

	private List<ReplyResponse<?>> responses = new ArrayList<>();

	ExecutorPipeline(CommandObjects commandObjects, CommandExecutor executor, KeySpecs keySpecs) {
		super(commandObjects);
		this.commands = new QueuedCommands(executor);
		this.keySpecs = keySpecs;
	}

	@Override
	protected <T> Response<T> appendCommand(CommandObject<T> unmarked) {
		CommandObject<T> command = this.keySpecs.mark(unmarked);
		this.commands.add(command);
		ReplyResponse<T> response = new ReplyResponse<>(command);
		this.responses.add(response);
		return response;
	}

	@Override
	public void setJsonObjectMapper(JsonObjectMapper jsonObjectMapper) {
		throw SharedSettings.refuse();
	}

	@Override
	public void sync() {
		List<ReplyResponse<?>> waiting = this.responses;
		this.responses = new ArrayList<>();
		List<@Nullable Object> replies = this.commands.send();
		for (int i = 0; i < waiting.size(); i++) {
			waiting.get(i).set(replies.get(i));
		}
	}

	@Override
	public void close() {
		sync();
	}

}
