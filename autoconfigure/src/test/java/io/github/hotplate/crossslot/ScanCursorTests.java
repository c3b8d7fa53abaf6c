package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.hotplate.command.Commands;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.TestTopology;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ScanCursor}.
 */
class ScanCursorTests {

	@Test
	void startsAtFirstPrimary() {
		CommandParts parts = scan("SCAN 0 MATCH a* COUNT 10", 3);
		assertThat(parts.commands()).singleElement().satisfies((command) -> {
			assertThat(command).isInstanceOfSatisfying(NodeBoundCommand.class,
					(pinned) -> assertThat(pinned.getNode()).isEqualTo(TestTopology.address(1)));
			List<String> words = new ArrayList<>();
			command.getArguments().forEach((word) -> words.add(text(word.getRaw())));
			assertThat(words).containsExactly("SCAN", "0", "MATCH", "a*", "COUNT", "10");
		});
	}

	@Test
	void visitsEveryPrimaryToItsEnd() {
		String cursor = "0";
		List<String> visits = new ArrayList<>();
		for (String answer : List.of("17", "0", "0", "5", "0")) {
			CommandParts parts = scan("SCAN " + cursor, 3);
			visits.add(port(parts) + " from " + nodeCursor(parts));
			cursor = next(parts, answer);
		}
		assertThat(visits).containsExactly("1 from 0", "1 from 17", "2 from 0", "3 from 0", "3 from 5");
		assertThat(cursor).isEqualTo("0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "9223372036854775807", "9223372036854775808", "18446744073709551615" })
	void cursorOfNodeMayBeAnyUnsignedNumber(String cursor) {
		String next = next(scan("SCAN 0", 3), cursor);
		CommandParts parts = scan("SCAN " + next, 3);
		assertThat(nodeCursor(parts)).isEqualTo(cursor);
		assertThat(port(parts)).isEqualTo(1);
	}

	@Test
	void skipsEjectedServers() {
		List<Node> nodes = TestTopology.ofPrimaries(3).shards().stream().map(Shard::primary).toList();
		CommandParts parts = ScanCursor.parts(Commands.arguments("SCAN 1"), nodes,
				(node) -> !node.equals(nodes.get(1)));
		assertThat(port(parts) + " from " + nodeCursor(parts)).isEqualTo("3 from 0");
		CommandParts done = ScanCursor.parts(Commands.arguments("SCAN 1"), nodes, nodes.get(0)::equals);
		assertThat(done.commands()).isEmpty();
		assertThat(next(done, "0")).isEqualTo("0");
	}

	@Test
	void doesNotSkipTheRestOfAServer() {
		List<Node> nodes = TestTopology.ofPrimaries(3).shards().stream().map(Shard::primary).toList();
		CommandParts parts = ScanCursor.parts(Commands.arguments("SCAN " + (17 * 16_384 + 1)), nodes,
				(node) -> !node.equals(nodes.get(1)));
		assertThat(port(parts) + " from " + nodeCursor(parts)).isEqualTo("2 from 17");
	}

	@Test
	void clientMayHaveAsManyServersAsSlots() {
		String last = Long.toString(10 * 16_384 + 16_383);
		assertThat(port(scan("SCAN " + last, 16_384))).isEqualTo(16_384);
		assertThat(next(scan("SCAN " + last, 16_384), "0")).isEqualTo("0");
	}

	@Test
	void scanEndsAlthoughPrimariesLeft() {
		String cursor = next(scan("SCAN 0", 3), "0");
		cursor = next(scan("SCAN " + cursor, 3), "0");
		CommandParts parts = scan("SCAN " + cursor, 2);
		assertThat(port(parts)).isEqualTo(2);
		assertThat(next(parts, "0")).isEqualTo("0");
	}

	@Test
	void pageIsHandedOnAsItCame() {
		List<byte[]> keys = List.of(bytes("a"), bytes("b"));
		assertThat(scan("SCAN 0", 1).reply(List.of(List.of(bytes("0"), keys))))
			.asInstanceOf(InstanceOfAssertFactories.LIST)
			.element(1)
			.isSameAs(keys);
	}

	private static CommandParts scan(String line, int primaries) {
		return ScanCursor.parts(Commands.arguments(line),
				TestTopology.ofPrimaries(primaries).shards().stream().map(Shard::primary).toList(), (server) -> true);
	}

	private static int port(CommandParts parts) {
		return ((NodeBoundCommand<?>) parts.commands().get(0)).getNode().getPort();
	}

	private static String nodeCursor(CommandParts parts) {
		return text(parts.commands().get(0).getArguments().get(1).getRaw());
	}

	private static String next(CommandParts parts, String cursorOfNode) {
		List<?> page = (List<?>) parts.reply(List.of(List.of(bytes(cursorOfNode), List.of())));
		assertThat(page).isNotNull();
		return text((byte[]) page.get(0));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
