package io.github.hotplate.test;

import java.nio.file.Path;
import java.util.List;

/**
 * The files of a self-signed certificate. All TLS servers of this JVM share one for
 * {@code localhost} and {@code 127.0.0.1}, unless they are built with one for other
 * names. They are deleted when the JVM exits.
 *
 * @param certificate the certificate, in PEM; it is its own authority
 * @param privateKey its private key, in PEM without a password
 * @param trustStore a PKCS#12 trust store that holds the certificate, for clients
 * @param trustStorePassword the trust store's password
 * @since 0.1.0
 */
public record EmbeddedRedisTls(Path certificate, Path privateKey, Path trustStore, String trustStorePassword) {

	/**
	 * Make a certificate for other names, such as one that clients must refuse.
	 * @param names host names and IP addresses
	 * @return the files of the certificate
	 */
	public static EmbeddedRedisTls forNames(String... names) {
		return SelfSignedCertificate.create(List.of(names));
	}

	static EmbeddedRedisTls shared() {
		return Shared.INSTANCE;
	}

	void applyTo(RedisConfig config) {
		config.add("tls-cert-file", this.certificate);
		config.add("tls-key-file", this.privateKey);
		config.add("tls-ca-cert-file", this.certificate);
		config.add("tls-auth-clients", "no");
		config.add("tls-replication", "yes");
		config.add("tls-cluster", "yes");
	}

	private static final class Shared {

		private static final EmbeddedRedisTls INSTANCE = forNames("localhost", RedisNode.HOST);

	}

}
