package io.github.hotplate.routing;

import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.SlotBoundCommand;
import io.github.hotplate.command.SplitPart;
import io.github.hotplate.execution.CrossSlotException;

/**
 * A command as one node receives it.
 *
 * @param arguments the command with its arguments
 * @param slot the slot of its keys, or {@link CommandKeys#NO_SLOT}
 * @param node the node to send it to, or {@code null} to let the slot decide
 * @param readOnly whether a replica may answer it
 */
record WireCommand(CommandArguments arguments, int slot, @Nullable HostAndPort node, boolean readOnly) {

	static WireCommand of(CommandObject<?> command, KeySlots slots) {
		CommandArguments arguments = command.getArguments();
		if (command instanceof NodeBoundCommand<?> pinned) {
			return new WireCommand(arguments, CommandKeys.NO_SLOT, pinned.getNode(), false);
		}
		if (command instanceof SlotBoundCommand<?> placed) {
			return new WireCommand(arguments, placed.getSlot(), null, false);
		}
		CommandSpec spec = CommandSpecs.of(arguments);
		if (command instanceof SplitPart part) {
			return new WireCommand(arguments, part.slot(), null,
					spec.readOnly() && !(part instanceof SplitPart.OnPrimary));
		}
		int slot = slot(spec, arguments, slots);
		return new WireCommand(arguments, slot, null, spec.readOnly() && slot != CommandKeys.NO_SLOT);
	}

	/**
	 * Return the slot to which all keys of a command hash.
	 * @param spec the command's specification
	 * @param arguments the command with its arguments
	 * @param slots which keys belong together
	 * @return the slot, or {@link CommandKeys#NO_SLOT} if there are no keys
	 * @throws CrossSlotException if there are several slots
	 */
	static int slot(CommandSpec spec, CommandArguments arguments, KeySlots slots) {
		List<Object> keys = CommandKeys.of(spec, arguments);
		if (keys.isEmpty()) {
			spec.checkNamesNode(slots);
			return CommandKeys.NO_SLOT;
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
