package io.github.hotplate.sample.dashboard;

import java.util.function.Predicate;

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.config.RedisUrl;
import io.github.hotplate.topology.Node;

/**
 * Asks a node whether it is there, beside the connections and the meters of the client.
 */
final class NodeProbe implements Predicate<Node> {

	private static final int TIMEOUT_MILLIS = 500;

	private final JedisClientConfig config;

	NodeProbe(RedisUrl url) {
		this.config = DefaultJedisClientConfig.builder()
			.timeoutMillis(TIMEOUT_MILLIS)
			.user(url.credentials().username())
			.password(url.credentials().password())
			.ssl(url.tls())
			.clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
			.build();
	}

	@Override
	public boolean test(Node node) {
		try (Connection connection = new Connection(new HostAndPort(node.host(), node.port()), this.config)) {
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
