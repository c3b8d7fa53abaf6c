package io.github.hotplate.connection;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.BlockingCommands;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.ErrorReplies;
import io.github.hotplate.command.PipelineCommand;

/**
 * Collects the commands of a pipeline until they are sent, without holding a connection.
 * Not thread-safe.
 */
final class QueuedCommands {

	private final CommandExecutor executor;

	private List<CommandObject<?>> commands = new ArrayList<>();

	private String name = "";

	QueuedCommands(CommandExecutor executor) {
		this.executor = executor;
	}

	void setName(String name) {
		this.name = name;
	}

	void add(CommandObject<?> command) {
		CommandSpecs.of(command.getArguments()).checkShareable();
		if (command.getArguments().isBlocking() && !BlockingCommands.isForReplicas(command.getArguments())) {
			throw new InvalidDataAccessApiUsageException(name(command)
					+ " cannot be pipelined: it would delay the replies to all other commands. Call it outside of the pipeline");
		}
		this.commands.add(command);
	}

	/**
	 * Send the commands and forget them.
	 * @return one element per command, in their order: the reply, or an exception that
	 * names the failed command and its position
	 */
	List<@Nullable Object> send() {
		if (this.commands.isEmpty()) {
			return List.of();
		}
		PipelineCommand pipeline = new PipelineCommand(this.name, this.commands);
		this.commands = new ArrayList<>();
		List<@Nullable Object> replies = this.executor.executeCommand(pipeline);
		for (int i = 0; i < replies.size(); i++) {
			if (replies.get(i) instanceof JedisDataException error) {
				replies.set(i, located(error, i, pipeline));
			}
		}
		return replies;
	}

	private static JedisDataException located(JedisDataException error, int index, PipelineCommand pipeline) {
		String name = pipeline.getName().isEmpty() ? "" : " '" + pipeline.getName() + "'";
		return ErrorReplies.locate(error,
				" (command " + index + ", " + name(pipeline.getCommands().get(index)) + ", of pipeline" + name + ")");
	}

	private static String name(CommandObject<?> command) {
		return CommandSpecs.of(command.getArguments()).name();
	}

}
