package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.ShardBoundCommand;

/**
 * Shows the parts of a command as lines of text.
 */
final class PartLines {

	private PartLines() {
	}

	static Stream<String> lines(@Nullable CommandParts parts) {
		return Objects.requireNonNull(parts).commands().stream().map(PartLines::line);
	}

	private static String line(CommandObject<?> command) {
		List<String> words = new ArrayList<>();
		command.getArguments().forEach((word) -> words.add(new String(word.getRaw(), StandardCharsets.UTF_8)));
		String line = String.join(" ", words);
		if (command instanceof ShardBoundCommand.OnReplica<?> named) {
			return named.getReplica().getPort() + ": " + line;
		}
		if (command instanceof ShardBoundCommand<?> bound) {
			return bound.getNodes().get(0).getPort() + ": " + line;
		}
		return (command instanceof NodeBoundCommand<?> bound) ? bound.getNode().getPort() + ": " + line : line;
	}

}
