package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.hotplate.reports.Report;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every command by which a server lets a client change its connection is refused.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SharedConnectionRuleIntegrationTests {

	/**
	 * Commands of the groups below that leave the connection as it is.
	 */
	private static final Set<String> REVIEWED = Set.of("PING", "ECHO", "PUBLISH", "SPUBLISH", "PUBSUB",
			"PUBSUB CHANNELS", "PUBSUB HELP", "PUBSUB NUMPAT", "PUBSUB NUMSUB", "PUBSUB SHARDCHANNELS",
			"PUBSUB SHARDNUMSUB", "CLIENT", "CLIENT GETNAME", "CLIENT GETREDIR", "CLIENT HELP", "CLIENT ID",
			"CLIENT INFO", "CLIENT KILL", "CLIENT LIST", "CLIENT PAUSE", "CLIENT TRACKINGINFO", "CLIENT UNBLOCK",
			"CLIENT UNPAUSE");

	@Test
	@Report("state of shared connections")
	void commandsAboutTheConnectionAreRefused(EmbeddedRedisServer server) {
		Set<String> accepted = new TreeSet<>();
		for (String group : List.of("connection", "transactions", "pubsub")) {
			documented(server, group).stream()
				.map((name) -> name.replace('|', ' '))
				.map(Commands::arguments)
				.map(CommandSpecs::of)
				.filter((spec) -> spec.refusal() == null)
				.forEach((spec) -> accepted.add(spec.name()));
		}
		assertThat(REVIEWED).containsAll(accepted);
	}

	private static List<String> documented(EmbeddedRedisServer server, String group) {
		List<String> names = new ArrayList<>();
		List<?> documents = (List<?>) server.nodes().get(0).execute("COMMAND", "DOCS");
		for (int i = 0; i + 1 < documents.size(); i += 2) {
			List<?> entry = (List<?>) documents.get(i + 1);
			if (group.equals(text(find(entry, "group")))) {
				names.add(text(documents.get(i)));
				if (find(entry, "subcommands") instanceof List<?> subcommands) {
					for (int j = 0; j < subcommands.size(); j += 2) {
						names.add(text(subcommands.get(j)));
					}
				}
			}
		}
		assertThat(names).isNotEmpty();
		return names;
	}

	private static @Nullable Object find(List<?> map, String name) {
		for (int i = 0; i + 1 < map.size(); i += 2) {
			if (name.equals(text(map.get(i)))) {
				return map.get(i + 1);
			}
		}
		return null;
	}

	private static String text(@Nullable Object value) {
		return (value instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
	}

}
