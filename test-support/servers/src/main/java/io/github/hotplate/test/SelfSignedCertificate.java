package io.github.hotplate.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes a certificate with the JDK's own {@code keytool}, the only way to one that needs
 * neither OpenSSL nor a library.
 */
final class SelfSignedCertificate {

	private static final String ALIAS = "redis";

	/**
	 * Guards nothing: the store holds a public certificate, or a key made for one run.
	 */
	private static final String PASSWORD = "changeit";

	private static final AtomicInteger COUNT = new AtomicInteger();

	private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

	private SelfSignedCertificate() {
	}

	static EmbeddedRedisTls create(List<String> names) {
		String prefix = "tls-" + COUNT.incrementAndGet() + "-";
		try {
			KeyStore keyStore = generate(TemporaryFolder.sharedFile(prefix + "key.p12"), names);
			Certificate certificate = keyStore.getCertificate(ALIAS);
			Key privateKey = keyStore.getKey(ALIAS, PASSWORD.toCharArray());
			return new EmbeddedRedisTls(pem(prefix + "certificate.pem", "CERTIFICATE", certificate.getEncoded()),
					pem(prefix + "key.pem", "PRIVATE KEY", privateKey.getEncoded()), trustStore(prefix, certificate),
					PASSWORD);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write a TLS certificate to " + TemporaryFolder.root(), ex);
		}
		catch (GeneralSecurityException ex) {
			throw new EmbeddedRedisException("Cannot make a TLS certificate", ex);
		}
	}

	private static KeyStore generate(Path file, List<String> names) throws IOException, GeneralSecurityException {
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		run(List.of(keytool.toString(), "-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-groupname", "secp256r1",
				"-dname", "CN=" + names.get(0), "-ext", "bc:critical=ca:true", "-ext", "san=" + alternatives(names),
				"-validity", "30", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD));
		KeyStore keyStore = KeyStore.getInstance("PKCS12");
		try (InputStream content = Files.newInputStream(file)) {
			keyStore.load(content, PASSWORD.toCharArray());
		}
		return keyStore;
	}

	private static String alternatives(List<String> names) {
		return names.stream()
			.map((name) -> (IP_ADDRESS.matcher(name).matches() ? "ip:" : "dns:") + name)
			.collect(Collectors.joining(","));
	}

	private static void run(List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		try {
			if (process.waitFor() != 0) {
				throw new EmbeddedRedisException("keytool made no certificate: " + output.strip());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EmbeddedRedisException("Interrupted while waiting for keytool", ex);
		}
	}

	private static Path trustStore(String prefix, Certificate certificate)
			throws IOException, GeneralSecurityException {
		KeyStore trustStore = KeyStore.getInstance("PKCS12");
		trustStore.load(null, null);
		trustStore.setCertificateEntry(ALIAS, certificate);
		Path file = TemporaryFolder.sharedFile(prefix + "truststore.p12");
		try (OutputStream content = Files.newOutputStream(file)) {
			trustStore.store(content, PASSWORD.toCharArray());
		}
		return file;
	}

	private static Path pem(String file, String type, byte[] content) throws IOException {
		String base64 = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content);
		return Files.writeString(TemporaryFolder.sharedFile(file),
				"-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, base64));
	}

}
