package io.github.hotplate.test;

import java.io.InputStream;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SelfSignedCertificate}.
 */
class SelfSignedCertificateTests {

	private final EmbeddedRedisTls tls = EmbeddedRedisTls.shared();

	@Test
	void certificateIsForTheAddressTheServersListenOn() throws Exception {
		try (InputStream pem = Files.newInputStream(this.tls.certificate())) {
			X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(pem);
			certificate.checkValidity();
			assertThat(certificate.getSubjectAlternativeNames()).contains(List.of(7, "127.0.0.1"));
		}
	}

	@Test
	void trustStoreHoldsTheCertificateAndNoKey() throws Exception {
		KeyStore trustStore = KeyStore.getInstance(this.tls.trustStore().toFile(),
				this.tls.trustStorePassword().toCharArray());
		assertThat(trustStore.size()).isOne();
		assertThat(trustStore.isCertificateEntry("redis")).isTrue();
	}

	@Test
	void privateKeyIsInPem() throws Exception {
		assertThat(Files.readAllLines(this.tls.privateKey())).first().isEqualTo("-----BEGIN PRIVATE KEY-----");
	}

}
