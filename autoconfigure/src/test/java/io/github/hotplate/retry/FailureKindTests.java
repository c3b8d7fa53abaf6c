package io.github.hotplate.retry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.execution.CrossSlotException;
import io.github.hotplate.execution.NodeUnreachableException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureKind}.
 */
class FailureKindTests {

	@ParameterizedTest
	@ValueSource(strings = { "CLUSTERDOWN The cluster is down", "TRYAGAIN Multiple keys request during rehashing",
			"LOADING Redis is loading the dataset in memory", "MASTERDOWN Link with MASTER is down",
			"READONLY You can't write against a read only replica.", "TRYAGAIN" })
	void errorsThatPassAreRefusals(String message) {
		assertThat(FailureKind.of(new JedisDataException(message))).isEqualTo(FailureKind.REFUSED);
	}

	@Test
	void nodesThatDisagreeRefuse() {
		HostAndPort target = new HostAndPort("host", 1);
		assertThat(FailureKind.of(new JedisMovedDataException("MOVED 1 host:1", target, 1)))
			.isEqualTo(FailureKind.REFUSED);
		assertThat(FailureKind.of(new JedisAskDataException("ASK 1 host:1", target, 1))).isEqualTo(FailureKind.REFUSED);
	}

	@Test
	void whatWasNeverSentIsRefused() {
		assertThat(FailureKind.of(new NodeUnreachableException("down", null))).isEqualTo(FailureKind.REFUSED);
		assertThat(FailureKind.of(new ClusterDownException("down", null))).isEqualTo(FailureKind.REFUSED);
	}

	@Test
	void connectionThatWasTurnedAwayRanNothing() {
		assertThat(FailureKind.of(new JedisConnectionException("ERR max number of clients reached")))
			.isEqualTo(FailureKind.REFUSED);
	}

	@Test
	void lostConnectionIsAmbiguous() {
		assertThat(FailureKind.of(new JedisConnectionException("reset"))).isEqualTo(FailureKind.AMBIGUOUS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ERR unknown command", "WRONGTYPE Operation against a key", "NOAUTH", "BUSY Redis is busy",
			"NOSCRIPT No matching script", "ERR TRYAGAIN", "LOADINGS", "" })
	void otherErrorsAreFinal(String message) {
		assertThat(FailureKind.of(new JedisDataException(message))).isEqualTo(FailureKind.FINAL);
	}

	@Test
	void otherExceptionsAreFinal() {
		assertThat(FailureKind.of(new JedisDataException((String) null))).isEqualTo(FailureKind.FINAL);
		assertThat(FailureKind.of(new ConnectionPoolExhaustedException("exhausted"))).isEqualTo(FailureKind.FINAL);
		assertThat(FailureKind.of(new CrossSlotException("two slots"))).isEqualTo(FailureKind.FINAL);
		assertThat(FailureKind.of(new IllegalStateException("TRYAGAIN"))).isEqualTo(FailureKind.FINAL);
	}

}
