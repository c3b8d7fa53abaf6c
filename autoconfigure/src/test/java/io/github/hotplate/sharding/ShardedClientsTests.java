package io.github.hotplate.sharding;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.penalty.ActiveShards;
import io.github.hotplate.penalty.ClusterEmptyException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ShardedClients} and {@link Rounds}.
 */
class ShardedClientsTests {

	private volatile ActiveShards active = ActiveShards.all("foo",
			List.of(new HostAndPort("a", 1), new HostAndPort("b", 2), new HostAndPort("c", 3)));

	private final ShardedClients<String> clients = new ShardedClients<>(List.of("a", "b", "c"), () -> this.active);

	@Test
	void clientOfKeyIsThatOfFluster() {
		assertThat(Stream.of("hi", "redis", "test", "ключ").map(this.clients::get)).containsExactly("a", "b", "c", "b");
		assertThat(this.clients.get(new byte[0])).isEqualTo("a");
		out(1);
		// 879894196 and -1705435070 modulo the two that are left.
		assertThat(Stream.of("hi", "redis", "test", "ключ").map(this.clients::get)).containsExactly("a", "a", "c", "a");
		in(1);
		assertThat(this.clients.get("redis")).isEqualTo("b");
	}

	@Test
	void noClientWhenAllAreDownUntilOneReturns() {
		out(0, 1, 2);
		assertEmpty(() -> this.clients.get("redis"));
		in(2);
		assertThat(this.clients.get("redis")).isEqualTo("c");
	}

	@Test
	void iterationGoesRoundWithoutEnd() {
		assertThat(next(this.clients.iterator(), 7)).containsExactly("a", "b", "c", "a", "b", "c", "a");
	}

	@Test
	void iteratorsShareTheirPosition() {
		next(this.clients.iterator(), 2);
		assertThat(next(this.clients.iterator(), 2)).containsExactly("c", "a");
	}

	@Test
	void iterationSkipsNodesThatAreOutAndMeetsThemAgain() {
		Iterator<String> iterator = this.clients.iterator();
		out(1);
		assertThat(next(iterator, 4)).containsExactly("a", "c", "a", "c");
		in(1);
		assertThat(next(iterator, 3)).containsExactly("a", "b", "c");
	}

	@Test
	void iterationRecoversWhenAllWereDown() {
		Iterator<String> iterator = this.clients.iterator();
		out(0, 1, 2);
		assertThat(iterator.hasNext()).isTrue();
		assertEmpty(iterator::next);
		in(1);
		assertThat(next(iterator, 2)).containsExactly("b", "b");
	}

	@Test
	void iterationFindsTheLastNodeWhileOthersIterate() {
		out(0, 2);
		List<CompletableFuture<List<String>>> threads = IntStream.range(0, 4)
			.mapToObj((thread) -> CompletableFuture.supplyAsync(() -> next(this.clients.iterator(), 10_000)))
			.toList();
		assertThat(threads).allSatisfy((thread) -> assertThat(thread.join()).containsOnly("b"));
	}

	@Test
	void streamEnds() {
		out(1);
		assertThat(this.clients.stream()).containsExactly("a", "c");
		out(0, 2);
		assertThat(this.clients.stream()).isEmpty();
	}

	@Test
	void roundsEnd() {
		assertThat(this.clients.roundControlled(1)).containsExactly("a", "b", "c");
		assertThat(this.clients.roundControlled(2)).containsExactly("b", "c", "a", "b", "c", "a");
		assertThat(this.clients.roundControlled(0)).isEmpty();
	}

	@Test
	void roundsSkipNodesThatAreOut() {
		out(0);
		assertThat(this.clients.roundControlled(2)).containsExactly("b", "c", "b", "c");
	}

	@Test
	void roundsEndWhenTheirFirstNodeDies() {
		Iterator<String> rounds = this.clients.roundControlled(2).iterator();
		assertThat(rounds.next()).isEqualTo("a");
		out(0);
		assertThat(rounds).toIterable().containsExactly("b", "c", "b", "c");
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(rounds::next);
	}

	@Test
	void roundsMeetNodesThatReturn() {
		out(1);
		Iterator<String> rounds = this.clients.roundControlled(2).iterator();
		assertThat(next(rounds, 2)).containsExactly("a", "c");
		in(1);
		assertThat(rounds).toIterable().containsExactly("a", "b", "c");
	}

	@Test
	void roundIsWholeWhateverOthersDo() {
		Iterator<String> rounds = this.clients.roundControlled(1).iterator();
		List<String> met = new ArrayList<>();
		while (rounds.hasNext()) {
			next(this.clients.iterator(), 2);
			met.add(rounds.next());
		}
		assertThat(met).containsExactly("a", "b", "c");
	}

	@Test
	void roundWithoutNodeIsAnError() {
		out(0, 1, 2);
		assertEmpty(() -> this.clients.roundControlled(1).iterator().hasNext());
	}

	@Test
	void lastNodeThatDiesEndsRoundAndFailsTheNext() {
		Iterator<String> rounds = this.clients.roundControlled(2).iterator();
		rounds.next();
		out(0, 1, 2);
		assertEmpty(rounds::hasNext);
	}

	@Test
	void negativeRoundsAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.clients.roundControlled(-1))
			.withMessage("'rounds' must not be negative, but is -1");
	}

	@Test
	void needsOneClientForEachNode() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ShardedClients<>(List.of("a", "b"), () -> this.active));
	}

	private void out(int... nodes) {
		IntStream.of(nodes).forEach((node) -> this.active = this.active.with(node, false));
	}

	private void in(int node) {
		this.active = this.active.with(node, true);
	}

	private static List<String> next(Iterator<String> iterator, int number) {
		return Stream.generate(iterator::next).limit(number).toList();
	}

	private static void assertEmpty(Runnable call) {
		assertThatExceptionOfType(ClusterEmptyException.class).isThrownBy(call::run)
			.withMessage("Client 'foo' has ejected all its servers and is probing them. "
					+ "Check that the servers in foo.url are running");
	}

}
