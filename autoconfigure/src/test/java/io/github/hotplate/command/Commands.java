package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;

import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

/**
 * Commands as one types them, none of whose words is marked as a key.
 */
public final class Commands {

	private Commands() {
	}

	public static CommandArguments arguments(String line) {
		String[] words = line.split(" ");
		byte[] name = words[0].getBytes(StandardCharsets.UTF_8);
		CommandArguments arguments = new CommandArguments(() -> name);
		for (int i = 1; i < words.length; i++) {
			arguments.add(words[i]);
		}
		return arguments;
	}

	public static CommandObject<Object> command(String line) {
		return new CommandObject<>(arguments(line), BuilderFactory.RAW_OBJECT);
	}

}
