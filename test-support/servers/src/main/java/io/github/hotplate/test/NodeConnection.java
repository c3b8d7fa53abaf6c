package io.github.hotplate.test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.util.SafeEncoder;

/**
 * A connection to one node, for administration.
 */
final class NodeConnection implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 5_000;

	private final Connection connection;

	private NodeConnection(Connection connection) {
		this.connection = connection;
	}

	static NodeConnection open(HostAndPort address, Credentials credentials, @Nullable EmbeddedRedisTls tls) {
		DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
			.protocol(RedisProtocol.RESP2)
			.clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
			.timeoutMillis(TIMEOUT_MILLIS)
			.user(credentials.user())
			.password(credentials.password());
		if (tls != null) {
			config.sslOptions(SslOptions.builder()
				.truststore(tls.trustStore().toFile(), tls.trustStorePassword().toCharArray())
				.trustStoreType("PKCS12")
				.sslVerifyMode(SslVerifyMode.CA)
				.build());
		}
		return new NodeConnection(new Connection(address, config.build()));
	}

	/**
	 * Send a command.
	 * @param command the command and its arguments
	 * @return the reply, its text decoded as UTF-8
	 */
	@Nullable Object execute(Object... command) {
		return SafeEncoder.encodeObject(send(command));
	}

	String executeForText(Object... command) {
		return Objects.requireNonNull(execute(command)).toString();
	}

	List<?> executeForList(Object... command) {
		return (List<?>) Objects.requireNonNull(execute(command));
	}

	/**
	 * Send a command that answers a list, such as one of keys.
	 * @param command the command and its arguments
	 * @return the reply, its text as bytes
	 */
	List<?> executeForBinaryList(Object... command) {
		return (List<?>) Objects.requireNonNull(send(command));
	}

	private @Nullable Object send(Object... command) {
		byte[] name = command[0].toString().getBytes(StandardCharsets.UTF_8);
		CommandArguments arguments = new CommandArguments(() -> name);
		for (int i = 1; i < command.length; i++) {
			arguments.add(command[i]);
		}
		return this.connection.executeCommand(arguments);
	}

	@Override
	public void close() {
		this.connection.close();
	}

}
