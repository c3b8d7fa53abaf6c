package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * {@code SORT} with {@code STORE} to another slot: fetches the sorted elements and
 * replaces the destination with them, in their order.
 */
final class SortStore {

	private static final int FIRST_OPTION = 2;

	private SortStore() {
	}

	static Object run(CommandArguments command, Steps steps) {
		Object sorted = steps.send(withoutStore(command));
		return steps.replace(command.getKeys().get(1), Command.RPUSH,
				(sorted instanceof List<?> elements) ? elements : List.of());
	}

	private static CommandArguments withoutStore(CommandArguments command) {
		CommandArguments sort = Steps.step(command.getCommand(), command.getKeys().get(0));
		int next = FIRST_OPTION;
		while (next < command.size()) {
			String option = new String(command.get(next).getRaw(), StandardCharsets.ISO_8859_1)
				.toUpperCase(Locale.ROOT);
			int end = Math.min(next + words(option), command.size());
			for (int i = next; i < end && !option.equals("STORE"); i++) {
				sort.add(command.get(i));
			}
			next = end;
		}
		return sort;
	}

	private static int words(String option) {
		return switch (option) {
			case "LIMIT" -> 3;
			case "BY", "GET", "STORE" -> 2;
			default -> 1;
		};
	}

}
