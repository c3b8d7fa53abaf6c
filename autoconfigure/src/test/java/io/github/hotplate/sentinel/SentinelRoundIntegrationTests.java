package io.github.hotplate.sentinel;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

import io.github.hotplate.sentinel.SentinelDiscoveryException.Reason;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which Sentinel is believed, of which the only node that says it is a primary is a real
 * server.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SentinelRoundIntegrationTests {

	// No server ever listens on port 1.
	private static final HostAndPort DEAD = new HostAndPort("127.0.0.1", 1);

	private static final HostAndPort SENTINEL = new HostAndPort("127.0.0.1", 26379);

	private static final long EPOCH = 5;

	private static EmbeddedRedisServer server;

	private HostAndPort primary;

	@BeforeEach
	void findPrimary() {
		this.primary = SentinelClient.address(server.nodes().get(0));
	}

	@Test
	void sentinelThatIsUpToDateIsBelieved() {
		assertThat(round().believe(view(this.primary, EPOCH, false, false, null)))
			.isEqualTo(new SentinelTopology(this.primary, List.of()));
	}

	@Test
	void sentinelThatLagsBehindIsNotBelieved() {
		SentinelRound round = round();
		assertThat(round.believe(view(this.primary, EPOCH - 1, false, false, null))).isNull();
		assertThat(round.believe(view(DEAD, EPOCH, false, false, null))).isNull();
		assertThatExceptionOfType(SentinelDiscoveryException.class).isThrownBy(round::conclude)
			.satisfies((failure) -> assertThat(failure.getReason()).isEqualTo(Reason.NO_PRIMARY));
	}

	@Test
	void sentinelsThatWereAllResetAreBelieved() {
		SentinelRound round = round();
		assertThat(round.believe(view(this.primary, 0, false, false, null))).isNull();
		assertThat(round.conclude())
			.isEqualTo(new SentinelRound.Conclusion(new SentinelTopology(this.primary, List.of()), 0));
	}

	@Test
	void replicaIsBelievedAsSoonAsItIsPromoted() {
		assertThat(round().believe(view(DEAD, EPOCH, true, true, this.primary)))
			.isEqualTo(new SentinelTopology(this.primary, List.of()));
	}

	@Test
	void primaryThatOneSentinelCannotReachIsAskedInTheEnd() {
		SentinelRound round = round();
		assertThat(round.believe(view(this.primary, EPOCH, true, false, null))).isNull();
		assertThat(round.conclude().topology().primary()).isEqualTo(this.primary);
	}

	@Test
	void primaryThatSentinelsAgreeToBeDownIsNotAsked() {
		SentinelRound round = round();
		assertThat(round.believe(view(this.primary, EPOCH, true, true, null))).isNull();
		assertThatExceptionOfType(SentinelDiscoveryException.class).isThrownBy(round::conclude)
			.withMessageContaining("holds to be down");
	}

	@Test
	void sentinelIsBelievedWhereAclForbidsRole() {
		RedisNode node = server.nodes().get(0);
		node.execute("ACL", "SETUSER", "norole", "on", ">s3cret", "~*", "+@all", "-role");
		try {
			JedisClientConfig user = DefaultJedisClientConfig.builder().user("norole").password("s3cret").build();
			assertThat(new PrimaryCheck(user).isPrimary(this.primary)).isTrue();
		}
		finally {
			node.execute("ACL", "DELUSER", "norole");
		}
	}

	private static SentinelRound round() {
		JedisClientConfig config = DefaultJedisClientConfig.builder().build();
		return new SentinelRound(SentinelClient.config("redis-sentinel://a,b/mymaster"), config,
				new PrimaryCheck(config), EPOCH);
	}

	private static SentinelView view(HostAndPort primary, long epoch, boolean down, boolean agreedDown,
			@Nullable HostAndPort promoted) {
		return new SentinelView(SENTINEL, primary, epoch, down, agreedDown, promoted, List.of(), List.of());
	}

}
