package io.github.hotplate.crossslot;

import java.util.List;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.ResponsePolicy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommandParts}.
 */
class CommandPartsTests {

	private final JedisDataException error = new JedisDataException("WRONGTYPE Operation against a key");

	@Test
	void repliesAreMerged() {
		assertThat(new CommandParts(List.of(), ResponsePolicy.AGG_SUM::aggregate).reply(List.of(1L, 2L))).isEqualTo(3L);
	}

	@Test
	void firstErrorIsReplyOfWhole() {
		assertThat(new CommandParts(List.of(), ResponsePolicy.AGG_SUM::aggregate)
			.reply(List.of(1L, this.error, new JedisDataException("ERR other")))).isSameAs(this.error);
	}

	@Test
	void errorsAreLeftToMergeWhereOneReplySuffices() {
		assertThat(new CommandParts(List.of(), ResponsePolicy.ONE_SUCCEEDED::aggregate, true)
			.reply(List.of(this.error, "OK"))).isEqualTo("OK");
	}

}
