package io.github.hotplate.test;

import java.nio.file.Path;

/**
 * The files of a self-signed certificate for {@code localhost} and {@code 127.0.0.1},
 * which all TLS servers of this JVM share. They are deleted when the JVM exits.
 *
 * @param certificate the certificate, in PEM; it is its own authority
 * @param privateKey its private key, in PEM without a password
 * @param trustStore a PKCS#12 trust store that holds the certificate, for clients
 * @param trustStorePassword the trust store's password
 * @since 0.1.0
 */
public record EmbeddedRedisTls(Path certificate, Path privateKey, Path trustStore, String trustStorePassword) {

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

		private static final EmbeddedRedisTls INSTANCE = SelfSignedCertificate.create();

	}

}
