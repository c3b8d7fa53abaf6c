package io.github.hotplate.subscription;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Topic}.
 */
class TopicTests {

	@ParameterizedTest
	@ValueSource(strings = { "__keyspace@0__:key", "__keyevent@0__:expired" })
	void channelForEventsHearsThem(String channel) {
		assertThat(topic(TopicKind.CHANNEL, channel).mayHearKeyEvents()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "_*", "__key*__:*", "__keyevent@*", "__keyspace@0__:user:*", "?_keyevent@0__:set",
			"[_]_keyspace@*", "\\__keyspace@*", "__keyevent@0__:set" })
	void patternThatMayMatchEventsHearsThem(String pattern) {
		assertThat(topic(TopicKind.PATTERN, pattern).mayHearKeyEvents()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "news.*", "__other*", "key*", "__keyspace", "" })
	void otherPatternDoesNot(String pattern) {
		assertThat(topic(TopicKind.PATTERN, pattern).mayHearKeyEvents()).isFalse();
	}

	@Test
	void shardChannelDoesNot() {
		assertThat(topic(TopicKind.SHARD, "__keyspace@0__:key").mayHearKeyEvents()).isFalse();
		assertThat(topic(TopicKind.CHANNEL, "news").mayHearKeyEvents()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "__key*__:*", "[_]_keyspace@*", "news.*" })
	void patternThatMayMatchMoreThanEventsHearsMessages(String pattern) {
		assertThat(topic(TopicKind.PATTERN, pattern).mayHearMessages()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "__keyevent@*", "__keyspace@0__:user:*" })
	void patternForEventsOnlyHearsNoMessages(String pattern) {
		assertThat(topic(TopicKind.PATTERN, pattern).mayHearMessages()).isFalse();
		assertThat(topic(TopicKind.CHANNEL, pattern).mayHearMessages()).isFalse();
		assertThat(topic(TopicKind.SHARD, "news").mayHearMessages()).isFalse();
	}

	@Test
	void topicsAreEqualByKindAndName() {
		assertThat(topic(TopicKind.CHANNEL, "a")).isEqualTo(topic(TopicKind.CHANNEL, "a"))
			.isNotEqualTo(topic(TopicKind.PATTERN, "a"))
			.isNotEqualTo(topic(TopicKind.CHANNEL, "b"));
	}

	private static Topic topic(TopicKind kind, String name) {
		return Topic.of(kind, name.getBytes(StandardCharsets.UTF_8));
	}

}
