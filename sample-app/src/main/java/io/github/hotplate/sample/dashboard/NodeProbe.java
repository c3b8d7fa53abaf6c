package io.github.hotplate.sample.dashboard;

import java.time.Duration;
import java.util.function.Predicate;

import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.cluster.ClusterNode;
import io.github.hotplate.execution.DedicatedConnections;

/**
 * Asks a node whether it is there, beside the connections and the meters of the client.
 */
final class NodeProbe implements Predicate<ClusterNode> {

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	private final DedicatedConnections connections;

	NodeProbe(DedicatedConnections connections) {
		this.connections = connections;
	}

	@Override
	public boolean test(ClusterNode node) {
		try (Connection connection = this.connections.open(new HostAndPort(node.host(), node.port()), TIMEOUT)) {
			return connection.ping();
		}
		catch (JedisDataException ex) {
			// Even a refusal is an answer.
			return true;
		}
		catch (JedisException ex) {
			return false;
		}
	}

}
