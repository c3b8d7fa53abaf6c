package io.github.hotplate.sentinel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.sentinel.SentinelDiscoveryException.Reason;
import io.github.hotplate.sentinel.SentinelRound.Conclusion;
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

	private static final HostAndPort REPLICA = new HostAndPort("127.0.0.1", 2);

	private static final HostAndPort SENTINEL = new HostAndPort("127.0.0.1", 26379);

	private static final HostAndPort OTHER_SENTINEL = new HostAndPort("127.0.0.2", 26379);

	private static final long EPOCH = 5;

	private static final ClientConfig CLIENT = SentinelClient.config("redis-sentinel://a,b/mymaster");

	private static EmbeddedRedisServer server;

	private HostAndPort primary;

	@BeforeEach
	void findPrimary() {
		this.primary = SentinelClient.address(server.nodes().get(0));
		server.nodes().get(0).execute("ACL", "SETUSER", "norole", "on", ">s3cret", "~*", "+@all", "-role");
	}

	@Test
	void sentinelThatIsUpToDateIsBelieved() {
		SentinelView view = view(this.primary, EPOCH + 1, false, false, null);
		assertThat(round().believePrimary(view)).isEqualTo(
				new Conclusion(new SentinelTopology(this.primary, List.of()), new KnownFailover(EPOCH + 1, null)));
	}

	@Test
	void sentinelThatLagsBehindIsNotBelieved() {
		SentinelRound round = round();
		assertThat(round.isBehind(view(this.primary, EPOCH - 1, false, false, null))).isTrue();
		SentinelView view = view(DEAD, EPOCH, false, false, null);
		assertThat(round.isBehind(view)).isFalse();
		assertThat(round.believePrimary(view)).isNull();
		assertThatExceptionOfType(SentinelDiscoveryException.class).isThrownBy(round::conclude)
			.satisfies((failure) -> assertThat(failure.getReason()).isEqualTo(Reason.NO_PRIMARY));
	}

	@Test
	void sentinelsThatWereAllResetAreBelieved() {
		SentinelRound round = round();
		assertThat(round.isBehind(view(this.primary, 0, false, false, null))).isTrue();
		assertThat(round.conclude())
			.isEqualTo(new Conclusion(new SentinelTopology(this.primary, List.of()), KnownFailover.NONE));
	}

	@Test
	void replicaIsBelievedAsSoonAsItIsPromoted() {
		SentinelView view = view(DEAD, EPOCH, false, false, this.primary);
		assertThat(round().believeSuccessor(view))
			.isEqualTo(new Conclusion(new SentinelTopology(this.primary, List.of()), new KnownFailover(EPOCH, view)));
	}

	@Test
	void replicaIsNotBelievedBeforeItIsPromoted() {
		SentinelView view = view(this.primary, EPOCH, false, false, DEAD);
		assertThat(round().believeSuccessor(view)).isNull();
		assertThat(round().believePrimary(view)).isNotNull();
	}

	@Test
	void replicaThatMayNotBeAskedIsBelievedWhenSentinelNamesIt() {
		SentinelRound round = round(KnownFailover.NONE, user("norole"));
		SentinelView early = view(DEAD, EPOCH, false, false, this.primary);
		assertThat(early.isPromoting()).isTrue();
		assertThat(round.believeSuccessor(early)).isNull();
		SentinelView view = view(this.primary, EPOCH, false, false, this.primary);
		assertThat(round.believeSuccessor(view)).isNull();
		assertThat(round.believePrimary(view)).isNotNull();
	}

	@Test
	void sentinelThatHasNotHeardOfPromotionIsNotBelieved() {
		KnownFailover failover = KnownFailover.underWay(view(DEAD, EPOCH, false, false, this.primary));
		SentinelView unaware = view(OTHER_SENTINEL, REPLICA, EPOCH, null);
		assertThat(round(failover, anybody()).believeSuccessor(unaware))
			.isEqualTo(new Conclusion(new SentinelTopology(this.primary, List.of()), failover));
	}

	@Test
	void sentinelThatHasGivenUpItsPromotionIsBelieved() {
		KnownFailover failover = KnownFailover.underWay(view(DEAD, EPOCH, false, false, this.primary));
		assertThat(round(failover, anybody()).believeSuccessor(view(DEAD, EPOCH, false, false, null))).isNull();
	}

	@Test
	void otherSentinelIsBelievedWhenPromotedReplicaIsNone() {
		KnownFailover failover = KnownFailover.underWay(view(this.primary, EPOCH, false, false, DEAD));
		SentinelView unaware = view(OTHER_SENTINEL, this.primary, EPOCH, null);
		SentinelRound round = round(failover, anybody());
		assertThat(round.believeSuccessor(unaware)).isNull();
		assertThat(round.believePrimary(unaware)).isNotNull();
	}

	@Test
	void nextFailoverIsBelievedWhateverWasPromoted() {
		KnownFailover failover = KnownFailover.underWay(view(DEAD, EPOCH, false, false, this.primary));
		assertThat(round(failover, anybody()).believeSuccessor(view(OTHER_SENTINEL, REPLICA, EPOCH + 1, null)))
			.isNull();
	}

	@Test
	void primaryThatOneSentinelCannotReachIsAskedInTheEnd() {
		SentinelRound round = round();
		assertThat(round.believePrimary(view(this.primary, EPOCH, true, false, null))).isNull();
		assertThat(round.conclude().topology().primary()).isEqualTo(this.primary);
	}

	@Test
	void primaryThatSentinelsAgreeToBeDownIsNotAsked() {
		SentinelRound round = round();
		assertThat(round.believePrimary(view(this.primary, EPOCH, true, true, null))).isNull();
		assertThatExceptionOfType(SentinelDiscoveryException.class).isThrownBy(round::conclude)
			.withMessageContaining("considers down");
	}

	@Test
	void interruptedRoundAsksNobody() {
		Interruption interruption = new Interruption();
		SentinelRound round = new SentinelRound(CLIENT, anybody(), new PrimaryCheck(anybody(), interruption),
				KnownFailover.NONE, interruption);
		interruption.interrupt();
		assertThat(round.believePrimary(view(this.primary, EPOCH, false, false, null))).isNull();
		assertThat(round.ask(this.primary)).isNull();
		assertThatExceptionOfType(SentinelDiscoveryException.class).isThrownBy(round::conclude)
			.withMessageContaining("closed while it was in use");
	}

	@Test
	void silentNodeIsGivenUpWhenRoundIsInterrupted() throws Exception {
		RedisNode node = server.nodes().get(0);
		node.pause();
		try {
			Interruption interruption = new Interruption();
			PrimaryCheck check = new PrimaryCheck(DefaultJedisClientConfig.builder().timeoutMillis(60_000).build(),
					interruption);
			CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> check.isPrimary(this.primary),
					(task) -> new Thread(task, "asking").start());
			assertThat(answer).failsWithin(Duration.ofMillis(200)).withThrowableOfType(TimeoutException.class);
			interruption.interrupt();
			assertThat(answer).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(false);
		}
		finally {
			node.resume();
		}
	}

	private static SentinelRound round() {
		return round(new KnownFailover(EPOCH, null), anybody());
	}

	private static SentinelRound round(KnownFailover known, JedisClientConfig user) {
		Interruption interruption = new Interruption();
		return new SentinelRound(CLIENT, anybody(), new PrimaryCheck(user, interruption), known, interruption);
	}

	private static JedisClientConfig anybody() {
		return DefaultJedisClientConfig.builder().build();
	}

	private static JedisClientConfig user(String name) {
		return DefaultJedisClientConfig.builder().user(name).password("s3cret").build();
	}

	private static SentinelView view(HostAndPort primary, long epoch, boolean down, boolean agreedDown,
			@Nullable HostAndPort promoted) {
		return new SentinelView(SENTINEL, primary, epoch, down, agreedDown, promoted, Duration.ofMinutes(3), List.of(),
				List.of());
	}

	private static SentinelView view(HostAndPort sentinel, HostAndPort primary, long epoch,
			@Nullable HostAndPort promoted) {
		return new SentinelView(sentinel, primary, epoch, false, false, promoted, Duration.ofMinutes(3), List.of(),
				List.of());
	}

}
