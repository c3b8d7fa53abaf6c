package io.github.hotplate.autoconfigure;

import java.util.Objects;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

import io.github.hotplate.client.ClientStartupException;
import io.github.hotplate.pool.JedisClientCustomizer;
import io.github.hotplate.test.EmbeddedRedisTls;

/**
 * How applications get at servers that do not let everybody in.
 */
public final class SecuredClients {

	private SecuredClients() {
	}

	/**
	 * Have clients trust the certificate of servers.
	 * @param tls the certificate
	 */
	public static JedisClientCustomizer trust(EmbeddedRedisTls tls) {
		SslOptions options = SslOptions.builder()
			.truststore(tls.trustStore().toFile(), tls.trustStorePassword().toCharArray())
			.sslVerifyMode(SslVerifyMode.FULL)
			.build();
		return (client, builder) -> builder.sslOptions(options);
	}

	/**
	 * Return why an application did not start that was not let in.
	 * @param context the context that has failed
	 */
	public static ClientStartupException startupException(AssertableApplicationContext context) {
		Throwable failure = context.getStartupFailure();
		while (failure != null && !(failure instanceof ClientStartupException)) {
			failure = failure.getCause();
		}
		return (ClientStartupException) Objects.requireNonNull(failure);
	}

}
