package io.github.hotplate.pool;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import org.springframework.core.NestedExceptionUtils;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Opens sockets and, with TLS, shakes hands at once. Jedis leaves the handshake to the
 * first command, whose failure would look as if Redis might have run it.
 */
public final class NodeSocketFactory extends DefaultJedisSocketFactory {

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
		Socket socket = super.createSocket();
		if (socket instanceof SSLSocket tls) {
			shakeHands(tls);
		}
		return socket;
	}

	private void shakeHands(SSLSocket socket) {
		try {
			socket.startHandshake();
		}
		catch (IOException ex) {
			closeQuietly(socket);
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
