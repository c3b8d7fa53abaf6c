package io.github.hotplate.client;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Objects;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;

import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/**
 * Has the JDK check that a certificate names the host which a client connects to. Jedis
 * leaves that out unless it is given {@link SslOptions}.
 */
final class HostNameCheck {

	private static final String RULES_OF_HTTPS = "HTTPS";

	private HostNameCheck() {
	}

	/**
	 * Switch the check on or off.
	 * @param config how connections are made, with the changes of the application
	 * @param verify whether host names are checked
	 * @return how connections are made
	 */
	static JedisClientConfig apply(JedisClientConfig config, boolean verify) {
		return verify ? check(config) : relax(config);
	}

	private static JedisClientConfig check(JedisClientConfig config) {
		// Options and verifiers say themselves what they check.
		if (config.getSslOptions() != null || config.getHostnameVerifier() != null) {
			return config;
		}
		SSLParameters parameters = Objects.requireNonNullElseGet(config.getSslParameters(), SSLParameters::new);
		if (parameters.getEndpointIdentificationAlgorithm() == null) {
			parameters.setEndpointIdentificationAlgorithm(RULES_OF_HTTPS);
		}
		return DefaultJedisClientConfig.builder().from(config).sslParameters(parameters).build();
	}

	private static JedisClientConfig relax(JedisClientConfig config) {
		SslOptions options = config.getSslOptions();
		if (options == null || options.getSslVerifyMode() != SslVerifyMode.FULL) {
			return config;
		}
		try {
			SSLSocketFactory sockets = options.createSslContext().getSocketFactory();
			SSLParameters parameters = options.getSslParameters();
			parameters.setEndpointIdentificationAlgorithm("");
			return DefaultJedisClientConfig.builder()
				.from(config)
				.ssl(true)
				.sslOptions(null)
				.sslSocketFactory(sockets)
				.sslParameters(parameters)
				.build();
		}
		catch (IOException | GeneralSecurityException ex) {
			// The first connection fails in the same way, and says so.
			return config;
		}
	}

}
