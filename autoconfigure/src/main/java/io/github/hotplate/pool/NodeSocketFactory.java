package io.github.hotplate.pool;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;

import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

import org.springframework.core.NestedExceptionUtils;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SSLSocketWrapper;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;

import io.github.hotplate.support.Randoms;

/**
 * Opens sockets to the servers to which names lead now and, with TLS, shakes hands at
 * once. Jedis leaves the handshake to the first command, whose failure would look as if
 * Redis might have run it.
 */
public final class NodeSocketFactory extends DefaultJedisSocketFactory {

	private static final HostConnector connector = new HostConnector(HostNames.SHARED, System::nanoTime,
			Randoms::index);

	private final JedisClientConfig config;

	/**
	 * Create a factory.
	 * @param address the server
	 * @param config how to connect
	 */
	public NodeSocketFactory(HostAndPort address, JedisClientConfig config) {
		super(address, config);
		this.config = config;
	}

	@Override
	public Socket createSocket() {
		HostAndPort server = getSocketHostAndPort();
		Socket socket = connector.connect(server, this.config.getConnectionTimeoutMillis());
		boolean created = false;
		try {
			socket.setSoTimeout(this.config.getSocketTimeoutMillis());
			// To Jedis, options mean TLS whatever the scheme of the URL.
			if (this.config.isSsl() || this.config.getSslOptions() != null) {
				SSLSocket tls = secure(socket, server);
				shakeHands(tls);
				socket = tls;
			}
			created = true;
			return socket;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new JedisConnectionException("Failed to create socket.", ex);
		}
		finally {
			if (!created) {
				closeQuietly(socket);
			}
		}
	}

	// The name stays what was configured, whatever address it leads to.
	private SSLSocket secure(Socket socket, HostAndPort server) throws IOException, GeneralSecurityException {
		SslOptions options = this.config.getSslOptions();
		SSLSocketFactory sockets = (options != null) ? options.createSslContext().getSocketFactory()
				: this.config.getSslSocketFactory();
		if (sockets == null) {
			sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
		}
		SSLSocket tls = (SSLSocket) sockets.createSocket(socket, server.getHost(), server.getPort(), true);
		SSLParameters parameters = (options != null) ? options.getSslParameters() : this.config.getSslParameters();
		if (parameters != null) {
			tls.setSSLParameters(parameters);
		}
		HostnameVerifier verifier = this.config.getHostnameVerifier();
		if (verifier != null && !verifier.verify(server.getHost(), tls.getSession())) {
			throw new JedisConnectionException(
					"The certificate of " + server + " was refused by the HostnameVerifier of the client");
		}
		return new SSLSocketWrapper(tls, socket);
	}

	private void shakeHands(SSLSocket socket) {
		try {
			socket.startHandshake();
		}
		catch (IOException ex) {
			HostAndPort address = getSocketHostAndPort();
			String certificate = isAboutHostName(ex) ? ServerCertificate.describe(address, this.config) : null;
			// Without a cause, since callers show the message of the innermost one.
			throw (certificate != null) ? new JedisConnectionException(certificate)
					: new JedisConnectionException("TLS handshake with " + address + " failed", ex);
		}
	}

	// What else is wrong with a certificate comes as a subclass of this exception.
	private static boolean isAboutHostName(IOException failure) {
		return failure instanceof SSLException
				&& NestedExceptionUtils.getMostSpecificCause(failure).getClass() == CertificateException.class;
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// The socket is given up either way.
		}
	}

}
