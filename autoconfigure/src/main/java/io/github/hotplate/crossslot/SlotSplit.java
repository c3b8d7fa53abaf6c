package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.ResponsePolicy;
import io.github.hotplate.command.SplitPart;

/**
 * Splits a command that has the same number of arguments for each key, such as
 * {@code MGET} and {@code MSET}, into one command for each slot.
 */
final class SlotSplit {

	private SlotSplit() {
	}

	static CommandParts parts(CommandArguments arguments, ResponsePolicy merge, KeySlots slots) {
		List<Object> keys = arguments.getKeys();
		if ((arguments.size() - 1) % keys.size() != 0) {
			throw StepwiseCommands.wrongNumberOfArguments(
					new String(arguments.getCommand().getRaw(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT));
		}
		SlotGroups groups = SlotGroups.of(keys, slots);
		List<CommandObject<?>> parts = parts(arguments, groups, (arguments.size() - 1) / keys.size());
		if (merge == ResponsePolicy.CONCATENATE) {
			return new CommandParts(parts, (replies) -> inOrder(replies, groups, keys.size()));
		}
		return new CommandParts(parts, merge::aggregate);
	}

	private static List<CommandObject<?>> parts(CommandArguments arguments, SlotGroups groups, int argumentsPerKey) {
		List<CommandObject<?>> parts = new ArrayList<>(groups.count());
		for (int group = 0; group < groups.count(); group++) {
			CommandArguments part = new CommandArguments(arguments.getCommand());
			for (int i = 0; i < groups.size(group); i++) {
				add(part, arguments, 1 + groups.position(group, i) * argumentsPerKey, argumentsPerKey);
			}
			parts.add(new SplitPart(part, groups.slot(group)));
		}
		return parts;
	}

	// Reuses the encoded arguments. A part knows its slot and needs no keys.
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
