package io.github.hotplate.pool;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Finds out for whom a certificate is that was refused for its names. The JDK does not
 * tell, so this takes a second handshake, which checks everything but the names. Nothing
 * else is sent.
 */
final class ServerCertificate {

	private static final int DNS_NAME = 2;

	private static final int IP_ADDRESS = 7;

	private ServerCertificate() {
	}

	/**
	 * Explain why the certificate of a server was refused.
	 * @param server the server, by the name that its certificate lacks
	 * @param config how to connect
	 * @return the explanation with its remedies, or {@code null} if the second handshake
	 * fails as well
	 */
	static @Nullable String describe(HostAndPort server, JedisClientConfig config) {
		try (Socket socket = new DefaultJedisSocketFactory(server, withoutNames(config)).createSocket()) {
			SSLSocket tls = (SSLSocket) socket;
			tls.startHandshake();
			return "The certificate of " + server + " is for " + names(tls) + " and not for " + server.getHost()
					+ ": use a name of the certificate in the URL, have the servers announce such names "
					+ "(cluster-announce-hostname with cluster-preferred-endpoint-type hostname; replica-announce-ip "
					+ "with Sentinel's resolve-hostnames and announce-hostnames), add the name to the certificate, "
					+ "or set ssl.verify_hostname to false";
		}
		catch (IOException | GeneralSecurityException | JedisException ex) {
			return null;
		}
	}

	private static JedisClientConfig withoutNames(JedisClientConfig config)
			throws IOException, GeneralSecurityException {
		SslOptions options = config.getSslOptions();
		SSLSocketFactory sockets = (options != null) ? options.createSslContext().getSocketFactory()
				: config.getSslSocketFactory();
		SSLParameters parameters = new SSLParameters();
		SSLParameters given = (options != null) ? options.getSslParameters() : config.getSslParameters();
		if (given != null) {
			parameters.setProtocols(given.getProtocols());
			parameters.setCipherSuites(given.getCipherSuites());
		}
		return DefaultJedisClientConfig.builder()
			.connectionTimeoutMillis(config.getConnectionTimeoutMillis())
			.socketTimeoutMillis(config.getSocketTimeoutMillis())
			.ssl(true)
			.sslSocketFactory(sockets)
			.sslParameters(parameters)
			.build();
	}

	private static String names(SSLSocket socket) throws SSLPeerUnverifiedException, CertificateParsingException {
		X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
		Collection<List<?>> alternatives = Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(),
				List.of());
		List<String> names = alternatives.stream()
			.filter((name) -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
			.map((name) -> String.valueOf(name.get(1)))
			.toList();
		return names.isEmpty() ? certificate.getSubjectX500Principal().getName() : String.join(", ", names);
	}

}
