package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.commands.ProtocolCommand;

/**
 * Many commands that need not go to the same node. In place of a reply there may be the
 * exception that took its place.
 *
 * @since 0.1.0
 */
public final class PipelineCommand extends CompositeCommand<List<@Nullable Object>> {

	private final String name;

	/**
	 * Create a pipeline.
	 * @param name what the pipeline is for, shown in spans; empty for a nameless one
	 * @param commands the commands in their order
	 */
	public PipelineCommand(String name, List<CommandObject<?>> commands) {
		super(new CommandArguments(Name.PIPELINE), commands);
		this.name = name;
	}

	public String getName() {
		return this.name;
	}

	private enum Name implements ProtocolCommand {

		PIPELINE;

		@Override
		public byte[] getRaw() {
			return name().getBytes(StandardCharsets.US_ASCII);
		}

	}

}
