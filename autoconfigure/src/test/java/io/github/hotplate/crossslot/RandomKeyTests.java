package io.github.hotplate.crossslot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.Commands;
import io.github.hotplate.reports.Report;
import io.github.hotplate.topology.TestTopology;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RandomKey}.
 */
class RandomKeyTests {

	@Test
	@Report("RANDOMKEY from one shard")
	void shardIsChosenByItsNumberOfKeys() {
		List<Object> replies = Arrays.asList("a", "b", "c", 1L, 6L, 3L);
		List<Object> chosen = new ArrayList<>();
		for (double position : new double[] { 0, 0.09, 0.1, 0.69, 0.7, 0.99 }) {
			chosen.add(choose(position, replies));
		}
		assertThat(chosen).containsExactly("a", "a", "b", "b", "c", "c");
	}

	@Test
	void shardWithoutKeyIsNotChosen() {
		assertThat(choose(0.5, Arrays.asList(null, "b", null, 1_000L, 1L, 0L))).isEqualTo("b");
		assertThat(choose(0.5, Arrays.asList(null, null, null, 0L, 0L, 0L))).isNull();
	}

	@Test
	void failureOfOneShardFailsTheCommand() {
		JedisDataException error = new JedisDataException("NOPERM");
		assertThat(choose(0.5, Arrays.asList("a", error, "c", 1L, 1L, 1L))).isSameAs(error);
	}

	private static Object choose(double position, List<Object> replies) {
		return new RandomKey(() -> position)
			.parts(Commands.arguments("RANDOMKEY"), TestTopology.ofPrimaries(3).shards())
			.reply(replies);
	}

}
