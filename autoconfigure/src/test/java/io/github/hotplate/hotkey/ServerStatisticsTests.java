package io.github.hotplate.hotkey;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.execution.DedicatedConnections;
import io.github.hotplate.hotkey.HotKeyReport.ServerKey;
import io.github.hotplate.hotkey.HotKeyReport.ServerSlot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link ServerStatistics}: the servers of the other tests are too old to have
 * any.
 */
class ServerStatisticsTests {

	private final Connection connection = mock();

	private final DedicatedConnections connections = mock();

	private final ServerStatistics statistics = new ServerStatistics(this.connections,
			(key) -> key.equals("hidden") ? null : KeyName.of("masked:" + key));

	@Test
	void hotKeysAreReadAndNamed() {
		List<Object> reply = reply("tracking-active", 1L, "sample-ratio", 1L, "selected-slots", List.of(),
				"by-cpu-time-us", reply("a", 104L, "hidden", 98L), "by-net-bytes", reply("a", 12L, "b", 7L));
		assertThat(this.statistics.keys(reply, "node")).containsExactlyInAnyOrder(
				new ServerKey("masked:a", "node", 104L, 12L), new ServerKey("masked:b", "node", null, 7L));
	}

	@Test
	void serverThatWasNotToldToStartHasNoHotKeys() {
		assertThat(this.statistics.keys(null, "node")).isEmpty();
	}

	@Test
	void slotsAreRead() {
		List<Object> reply = List
			.of(List.of(7L, reply("key-count", 2L, "cpu-usec", 30L, "network-bytes-in", 4L, "network-bytes-out", 5L)));
		assertThat(this.statistics.slots(reply, "node")).containsExactly(new ServerSlot(7, "node", 2L, 30L, 4L, 5L));
	}

	@Test
	void unknownQuestionIsAskedOnce() {
		given(this.connections.primaries()).willReturn(List.of(new HostAndPort("host", 1)));
		given(this.connections.open(any(), any())).willReturn(this.connection);
		given(this.connection.getOne()).willThrow(new JedisDataException("ERR unknown command 'HOTKEYS'"));
		assertThat(this.statistics.report().hotKeys()).isNull();
		assertThat(this.statistics.report().slots()).isNull();
		then(this.connection).should(times(2)).getOne();
		then(this.connections).should(times(1)).open(any(), any());
	}

	@Test
	void serverThatLoadsItsDataIsAskedAgain() {
		given(this.connections.primaries()).willReturn(List.of(new HostAndPort("host", 1)));
		given(this.connections.open(any(), any())).willReturn(this.connection);
		given(this.connection.getOne()).willThrow(new JedisDataException("LOADING Redis is loading the dataset"));
		this.statistics.report();
		this.statistics.report();
		then(this.connection).should(times(4)).getOne();
	}

	@Test
	void nodeThatDoesNotAnswerIsMissing() {
		given(this.connections.primaries()).willReturn(List.of(new HostAndPort("dead", 1), new HostAndPort("host", 1)));
		given(this.connections.open(any(), any())).willThrow(new JedisConnectionException("refused"))
			.willReturn(this.connection);
		given(this.connection.getOne()).willReturn(null, List.of(List.of(7L, reply("key-count", 2L, "cpu-usec", 30L))));
		assertThat(this.statistics.report().slots()).extracting(ServerSlot::slot).containsExactly(7);
	}

	private static List<Object> reply(Object... elements) {
		List<Object> reply = new ArrayList<>();
		for (Object element : elements) {
			reply.add((element instanceof String text) ? text.getBytes(StandardCharsets.UTF_8) : element);
		}
		return reply;
	}

}
