package io.github.hotplate.subscription;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LegTopics}.
 */
class LegTopicsTests {

	private static final Topic NEWS = topic(TopicKind.CHANNEL, "news");

	private static final Topic TALK = topic(TopicKind.CHANNEL, "talk");

	private static final Topic ALL = topic(TopicKind.PATTERN, "all*");

	private static final Topic SHARD = topic(TopicKind.SHARD, "shard");

	private static final Topic OTHER_SHARD = topic(TopicKind.SHARD, "other");

	private final List<String> commands = new ArrayList<>();

	private final LegTopics topics = new LegTopics((command) -> this.commands.add(text(command)));

	@Test
	void shardChannelsAreAskedForOneByOne() {
		this.topics.add(List.of(NEWS, SHARD, ALL, TALK, OTHER_SHARD), false);
		assertThat(this.commands).containsExactly("SUBSCRIBE news talk", "PSUBSCRIBE all*", "SSUBSCRIBE shard",
				"SSUBSCRIBE other");
	}

	@Test
	void topicIsServedOnceItIsConfirmed() {
		this.topics.add(List.of(NEWS), false);
		assertThat(this.topics.isConfirmed(NEWS)).isFalse();
		assertThat(this.topics.confirm(NEWS)).isTrue();
		assertThat(this.topics.isConfirmed(NEWS)).isTrue();
		assertThat(this.topics.areConfirmed()).isTrue();
		assertThat(this.topics.confirm(NEWS)).isFalse();
	}

	@Test
	void shardChannelEndedByNodeIsLost() {
		this.topics.add(List.of(SHARD), false);
		assertThat(this.topics.lose(SHARD)).isTrue();
		assertThat(this.topics.contains(SHARD)).isFalse();
	}

	@Test
	void shardChannelEndedOnRequestIsNotLost() {
		this.topics.add(List.of(SHARD), false);
		this.topics.retire(List.of(SHARD, NEWS));
		assertThat(this.commands).endsWith("SUNSUBSCRIBE shard").doesNotContain("UNSUBSCRIBE news");
		this.topics.add(List.of(SHARD), false);
		assertThat(this.topics.lose(SHARD)).isFalse();
		assertThat(this.topics.contains(SHARD)).isTrue();
	}

	@Test
	void errorRefusesOldestUnconfirmedShardChannel() {
		this.topics.add(List.of(NEWS, SHARD, OTHER_SHARD), false);
		assertThat(this.topics.loseRefused()).isTrue();
		assertThat(this.topics.all()).containsExactlyInAnyOrder(NEWS, OTHER_SHARD);
		this.topics.confirm(OTHER_SHARD);
		assertThat(this.topics.loseRefused()).isFalse();
	}

	@Test
	void renewalLastsUntilAllIsConfirmed() {
		this.topics.add(List.of(NEWS), true);
		this.topics.add(List.of(TALK), false);
		assertThat(this.topics.isRenewal()).isTrue();
		this.topics.confirm(NEWS);
		this.topics.confirm(TALK);
		this.topics.add(List.of(ALL), false);
		assertThat(this.topics.isRenewal()).isFalse();
	}

	private static Topic topic(TopicKind kind, String name) {
		return Topic.of(kind, name.getBytes(StandardCharsets.UTF_8));
	}

	private static String text(CommandArguments command) {
		return StreamSupport.stream(command.spliterator(), false)
			.map((argument) -> new String(argument.getRaw(), StandardCharsets.UTF_8))
			.collect(Collectors.joining(" "));
	}

}
