package io.github.hotplate.crossslot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.ResponsePolicy;
import io.github.hotplate.command.SplitPart;

/**
 * Splits commands whose arguments recur for each key, such as {@code MGET} and
 * {@code MSET}, into one part for each slot.
 */
final class SlotSplit {

	private SlotSplit() {
	}

	/**
	 * Split a command.
	 * @param arguments the command, with at least one key
	 * @param spec what is known of it
	 * @param slots which keys belong together
	 * @return the parts
	 */
	static CommandParts split(CommandArguments arguments, CommandSpec spec, KeySlots slots) {
		List<Object> keys = arguments.getKeys();
		int argumentsPerKey = (arguments.size() - 1) / keys.size();
		SlotGroups groups = SlotGroups.of(keys, slots);
		List<CommandObject<?>> parts = new ArrayList<>(groups.count());
		for (int group = 0; group < groups.count(); group++) {
			CommandArguments part = new CommandArguments(arguments.getCommand());
			for (int i = 0; i < groups.size(group); i++) {
				add(part, arguments, 1 + groups.position(group, i) * argumentsPerKey, argumentsPerKey);
			}
			parts.add(new SplitPart(part, groups.slot(group)));
		}
		if (spec.responsePolicy() == ResponsePolicy.CONCATENATE) {
			return new CommandParts(parts, (replies) -> inOrder(replies, groups, keys.size()));
		}
		return new CommandParts(parts, spec.responsePolicy()::aggregate);
	}

	// Takes over what is encoded already. A part has its slot and needs no keys.
	private static void add(CommandArguments part, CommandArguments whole, int first, int count) {
		for (int position = first; position < first + count; position++) {
			part.add(whole.get(position));
		}
	}

	private static List<@Nullable Object> inOrder(List<@Nullable Object> replies, SlotGroups groups, int keys) {
		@Nullable Object[] ordered = new Object[keys];
		for (int group = 0; group < groups.count(); group++) {
			List<?> values = (List<?>) replies.get(group);
			for (int i = 0; i < groups.size(group); i++) {
				ordered[groups.position(group, i)] = (values != null) ? values.get(i) : null;
			}
		}
		return Arrays.asList(ordered);
	}

}
