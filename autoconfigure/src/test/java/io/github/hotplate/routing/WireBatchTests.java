package io.github.hotplate.routing;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.topology.TestTopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link WireBatch}: a node refuses {@code ASKING}, and answers the command in
 * a way that depends on how far the migration has come at that very moment.
 */
class WireBatchTests {

	private final HostAndPort source = TestTopology.shard(1).primary().address();

	private final HostAndPort target = new HostAndPort(this.source.getHost(), 2);

	private final JedisDataException refusal = new JedisAccessControlException("NOPERM no ASKING");

	private final NodeSelector selector = mock();

	private final NodeConnectionProvider connections = mock();

	private final PooledConnection importing = connection(this.target);

	@BeforeEach
	void redirect() {
		PooledConnection migrating = connection(this.source);
		given(this.selector.snapshot()).willReturn(this.selector);
		given(this.selector.shardOf(anyInt())).willReturn(TestTopology.shard(1));
		given(this.connections.borrow(this.source)).willReturn(migrating);
		given(this.connections.borrow(this.target)).willReturn(this.importing);
		given(migrating.getUnflushedObject()).willThrow(new JedisAskDataException("ASK", this.target, 1));
	}

	@Test
	void commandThatDidNotRunFailsAsAskingDid() {
		given(this.importing.getUnflushedObject()).willThrow(this.refusal,
				new JedisMovedDataException("MOVED", this.source, 1));
		assertThat(increment()).isSameAs(this.refusal);
	}

	@Test
	void commandThatRanKeepsItsReply() {
		given(this.importing.getUnflushedObject()).willThrow(this.refusal).willReturn(1L);
		assertThat(increment()).isEqualTo(1L);
	}

	@Test
	void commandThatFailedByItselfKeepsItsError() {
		JedisDataException error = new JedisDataException("ERR value is not an integer");
		given(this.importing.getUnflushedObject()).willThrow(this.refusal, error);
		assertThat(increment()).isSameAs(error);
	}

	private @Nullable Object increment() {
		List<CommandObject<?>> commands = List.of(new CommandObjects().incr("key"));
		return new WireBatch(this.selector, KeySlots.CLUSTER, this.connections,
				new Refusals("foo", this.connections, mock(Recoveries.class)))
			.run(commands)
			.get(0);
	}

	private static PooledConnection connection(HostAndPort node) {
		PooledConnection connection = mock();
		willReturn(node).given(connection).address();
		return connection;
	}

}
