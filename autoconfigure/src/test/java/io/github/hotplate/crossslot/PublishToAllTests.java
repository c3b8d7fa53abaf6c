package io.github.hotplate.crossslot;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.Commands;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.ShardSlots;
import io.github.hotplate.topology.TestTopology;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PublishToAll}.
 */
class PublishToAllTests {

	private final List<Shard> servers = TestTopology.ofPrimaries(3).shards();

	private final CommandParts parts = PublishToAll.parts(Commands.arguments("PUBLISH news hello"), this.servers);

	private final RuntimeException down = new NodeUnreachableException("down", null);

	@Test
	void appliesToPublishOnIndependentServersOnly() {
		KeySlots independent = new ShardSlots(List.of(TestTopology.address(1), TestTopology.address(2)));
		CommandSpec publish = CommandSpecs.of(Commands.arguments("PUBLISH news hello"));
		assertThat(PublishToAll.applies(publish, independent)).isTrue();
		assertThat(PublishToAll.applies(publish, KeySlots.CLUSTER)).isFalse();
		assertThat(PublishToAll.applies(publish, KeySlots.SINGLE)).isFalse();
		assertThat(PublishToAll.applies(CommandSpecs.of(Commands.arguments("GET a")), independent)).isFalse();
	}

	@Test
	void everyServerGetsTheMessage() {
		assertThat(PartLines.lines(this.parts)).containsExactly("1: PUBLISH news hello", "2: PUBLISH news hello",
				"3: PUBLISH news hello");
	}

	@Test
	void receiversOfAllServersAreAdded() {
		assertThat(this.parts.reply(List.of(2L, 0L, 3L))).isEqualTo(5L);
	}

	@Test
	void serverThatIsDownHasNoReceivers() {
		assertThat(this.parts.reply(List.of(2L, this.down, 3L))).isEqualTo(5L);
		assertThat(this.parts.reply(List.of(this.down, 0L, this.down))).isEqualTo(0L);
	}

	@Test
	void failsIfAllServersAreDown() {
		assertThat(this.parts.reply(List.of(this.down, this.down, this.down))).isSameAs(this.down);
	}

}
