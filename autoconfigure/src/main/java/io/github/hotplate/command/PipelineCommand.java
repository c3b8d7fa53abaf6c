package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Builder;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.commands.ProtocolCommand;

/**
 * Many commands that are sent together and count as one. Its reply is a list with one
 * element a command, in their order: the reply as it came off the wire, or the exception
 * that took its place.
 *
 * @since 0.1.0
 */
public final class PipelineCommand extends CommandObject<List<@Nullable Object>> {

	private static final Builder<List<@Nullable Object>> REPLIES = new Builder<>() {

		@Override
		@SuppressWarnings("unchecked")
		public List<@Nullable Object> build(Object data) {
			return (List<@Nullable Object>) data;
		}

	};

	private final String name;

	private final List<CommandObject<?>> commands;

	/**
	 * Create a pipeline.
	 * @param name what the pipeline is for, shown in spans; empty for a nameless one
	 * @param commands the commands in their order
	 */
	public PipelineCommand(String name, List<CommandObject<?>> commands) {
		super(new CommandArguments(Name.PIPELINE), REPLIES);
		this.name = name;
		this.commands = List.copyOf(commands);
	}

	public String getName() {
		return this.name;
	}

	public List<CommandObject<?>> getCommands() {
		return this.commands;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

	private enum Name implements ProtocolCommand {

		PIPELINE;

		@Override
		public byte[] getRaw() {
			return name().getBytes(StandardCharsets.US_ASCII);
		}

	}

}
