package io.github.hotplate.activity;

import java.nio.charset.StandardCharsets;

import redis.clients.jedis.CommandArguments;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;

/**
 * Commands whose names no library knows.
 */
public final class UnknownCommands {

	private UnknownCommands() {
	}

	public static CommandSpec unknown(int i) {
		return CommandSpecs.of(new CommandArguments(() -> ("UNKNOWN" + i).getBytes(StandardCharsets.US_ASCII)));
	}

}
