package io.github.hotplate.routing;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.ShardBoundCommand;
import io.github.hotplate.command.SlotBoundCommand;
import io.github.hotplate.command.SplitPart;
import io.github.hotplate.execution.CrossSlotException;

/**
 * A command as it is sent: its arguments and where they must go.
 *
 * @param command the command
 * @param spec what is known of it
 * @param slot the slot of its keys, or {@link CommandKeys#NO_SLOT}
 * @param node the node it is pinned to, or {@code null}
 * @param replicable whether a replica may answer
 */
record WireCommand(CommandObject<?> command, CommandSpec spec, int slot, @Nullable HostAndPort node,
		boolean replicable) {

	static WireCommand of(CommandObject<?> command, KeySlots slots) {
		CommandSpec spec = CommandSpecs.of(command.getArguments());
		if (command instanceof NodeBoundCommand<?> pinned) {
			return new WireCommand(command, spec, CommandKeys.NO_SLOT, pinned.getNode(), false);
		}
		if (command instanceof SlotBoundCommand<?> placed) {
			return new WireCommand(command, spec, placed.getSlot(), null, false);
		}
		if (command instanceof ShardBoundCommand<?>) {
			return new WireCommand(command, spec, CommandKeys.NO_SLOT, null, false);
		}
		if (command instanceof SplitPart part) {
			return new WireCommand(command, spec, part.slot(), null,
					spec.replicable() && !(part instanceof SplitPart.OnPrimary));
		}
		int slot = slot(spec, command.getArguments(), slots);
		return new WireCommand(command, spec, slot, null, spec.replicable() && slot != CommandKeys.NO_SLOT);
	}

	CommandArguments arguments() {
		return this.command.getArguments();
	}

	/**
	 * Return where the command belongs.
	 * @return the slot or the node, or {@code null} if any primary may get it
	 */
	@Nullable Object place() {
		return (this.slot != CommandKeys.NO_SLOT) ? (Object) this.slot : this.node;
	}

	/**
	 * Return the slot to which all keys of a command hash.
	 * @param spec the command's specification
	 * @param arguments the command with its arguments
	 * @param slots which keys belong together
	 * @return the slot, or {@link CommandKeys#NO_SLOT} if there are no keys
	 * @throws CrossSlotException if there are several slots
	 * @throws InvalidDataAccessApiUsageException if the command would miss keys of other
	 * nodes
	 */
	static int slot(CommandSpec spec, CommandArguments arguments, KeySlots slots) {
		spec.checkFindsKeys(arguments, slots);
		List<Object> keys = CommandKeys.of(spec, arguments);
		if (keys.isEmpty()) {
			int named = CommandKeys.namedSlot(spec, arguments);
			if (named == CommandKeys.NO_SLOT || slots != KeySlots.CLUSTER) {
				spec.checkNamesNode(slots);
				return CommandKeys.NO_SLOT;
			}
			return named;
		}
		int slot = slots.slot(keys.get(0));
		for (int i = 1; i < keys.size(); i++) {
			Object key = keys.get(i);
			if (slots.slot(key) != slot) {
				throw new CrossSlotException(
						spec.name() + " cannot span slots, but its keys '" + CommandKeys.text(keys.get(0)) + "' and '"
								+ CommandKeys.text(key) + "' hash to different slots. " + slots.remedy());
			}
		}
		return slot;
	}

}
