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

	private final boolean ordered;

	/**
	 * Create a pipeline.
	 * @param name what the pipeline is for, shown in spans; empty for a nameless one
	 * @param commands the commands in their order
	 */
	public PipelineCommand(String name, List<CommandObject<?>> commands) {
		this(name, commands, true);
	}

	private PipelineCommand(String name, List<CommandObject<?>> commands, boolean ordered) {
		super(new CommandArguments(Name.PIPELINE), commands);
		this.name = name;
		this.ordered = ordered;
	}

	/**
	 * Create a pipeline of the parts of one command. It does not matter which of them
	 * runs first.
	 * @param parts the parts
	 * @return a nameless pipeline
	 */
	public static PipelineCommand ofParts(List<CommandObject<?>> parts) {
		return new PipelineCommand("", parts, false);
	}

	/**
	 * Return the same pipeline with other commands.
	 * @param commands the commands in their order
	 * @return a new pipeline
	 */
	public PipelineCommand with(List<CommandObject<?>> commands) {
		return new PipelineCommand(this.name, commands, this.ordered);
	}

	/**
	 * Tell whether commands on one key must run in their order.
	 * @return whether one that was overtaken must not run
	 */
	public boolean isOrdered() {
		return this.ordered;
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
