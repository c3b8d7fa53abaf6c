package io.github.hotplate.sentinel;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SentinelView}.
 */
class SentinelViewTests {

	private static final HostAndPort SENTINEL = new HostAndPort("sentinel", 26379);

	private static final HostAndPort PRIMARY = new HostAndPort("a", 1);

	@Test
	void readsReplies() {
		SentinelView view = view(PRIMARY,
				node("a", 1, "master", Map.of("config-epoch", "7", "failover-timeout", "9000")),
				node("b", 2, "slave", Map.of("master-link-status", "ok")));
		assertThat(view).isEqualTo(new SentinelView(SENTINEL, PRIMARY, 7, false, false, null, Duration.ofSeconds(9),
				List.of(new HostAndPort("b", 2)), List.of(new HostAndPort("s", 3))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "slave,s_down", "o_down,slave", "slave,disconnected" })
	void leavesOutReplicasThatAreDown(String flags) {
		assertThat(
				view(PRIMARY, node("a", 1, "master", Map.of()), node("b", 2, flags, Map.of("master-link-status", "ok")))
					.replicas())
			.isEmpty();
	}

	@Test
	void leavesOutReplicasWithoutLinkToTheirPrimary() {
		assertThat(view(PRIMARY, node("a", 1, "master", Map.of()),
				node("b", 2, "slave", Map.of("master-link-status", "err")))
			.replicas()).isEmpty();
	}

	@Test
	void findsReplicaThatIsBeingPromoted() {
		SentinelView view = view(PRIMARY, node("a", 1, "master,s_down,o_down,failover_in_progress", Map.of()),
				node("b", 2, "slave,promoted", Map.of("master-link-status", "err")));
		assertThat(view.down()).isTrue();
		assertThat(view.agreedDown()).isTrue();
		assertThat(view.isPromoting()).isTrue();
		assertThat(view.successor()).isEqualTo(new HostAndPort("b", 2));
		assertThat(view.failoverTimeout()).isEqualTo(Duration.ofMinutes(3));
	}

	@Test
	void promotedReplicaIsNotDownBecauseItsPredecessorIs() {
		HostAndPort promoted = new HostAndPort("b", 2);
		SentinelView view = view(promoted, node("a", 1, "master,s_down,o_down", Map.of()),
				node("b", 2, "slave,promoted", Map.of("master-link-status", "ok")));
		assertThat(view.down()).isFalse();
		assertThat(view.isPromoting()).isFalse();
		assertThat(view.replicas()).isEmpty();
	}

	private static SentinelView view(HostAndPort primary, Map<String, String> master, Map<String, String> replica) {
		return SentinelView.of(SENTINEL, primary, master, List.of(replica),
				List.of(node("s", 3, "sentinel", Map.of())));
	}

	private static Map<String, String> node(String ip, int port, String flags, Map<String, String> others) {
		Map<String, String> node = new HashMap<>(others);
		node.putAll(Map.of("ip", ip, "port", Integer.toString(port), "flags", flags));
		return node;
	}

}
