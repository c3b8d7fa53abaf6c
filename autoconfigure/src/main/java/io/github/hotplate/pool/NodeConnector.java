package io.github.hotplate.pool;

import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.CallInterruptedException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.support.RateLimitedLog;

/**
 * Connects to one node, regardless of limits. Thread-safe.
 */
public final class NodeConnector {

	private static final Logger logger = LoggerFactory.getLogger(NodeConnector.class);

	private final String client;

	private final HostAndPort address;

	private final JedisClientConfig config;

	/**
	 * To connect is to get the first replies, too. A reply to a command may take longer.
	 */
	private final JedisClientConfig opening;

	private final boolean readOnly;

	private final RateLimitedLog log = new RateLimitedLog(logger);

	/**
	 * Create a connector.
	 * @param client the name of the client
	 * @param address the node
	 * @param config how connections are made
	 * @param readOnly whether connections to replicas must serve reads
	 */
	NodeConnector(String client, HostAndPort address, JedisClientConfig config, boolean readOnly) {
		this.client = client;
		this.address = address;
		this.config = config;
		this.opening = ShortTimeouts.limit(config, config.getConnectionTimeoutMillis());
		this.readOnly = readOnly;
	}

	HostAndPort address() {
		return this.address;
	}

	/**
	 * Create a connection without connecting it.
	 * @param owner takes the connection back when it is closed
	 * @return the connection
	 */
	PooledConnection create(PooledConnection.Owner owner) {
		return new PooledConnection(owner, this.address, this.opening);
	}

	/**
	 * Connect, log in and check that the node answers.
	 * @param connection a connection of this connector
	 * @throws NodeUnreachableException if the node cannot be reached or rejects the
	 * connection
	 * @throws CallInterruptedException if the thread was interrupted meanwhile
	 * @throws JedisException if the node rejects the credentials, or says that it is busy
	 */
	void connect(PooledConnection connection) {
		try {
			connection.initialize(this.opening);
			if (this.readOnly) {
				connection.executeCommand(Command.READONLY);
			}
			else {
				Alive.check(connection);
			}
			connection.setSoTimeout(this.config.getSocketTimeoutMillis());
		}
		catch (JedisException ex) {
			if (isRejectedLogin(ex) || ErrorReply.of(ex).isServerState()) {
				throw ex;
			}
			if (Thread.currentThread().isInterrupted()) {
				// It closes the socket of a virtual thread, and says nothing about the
				// node.
				throw new CallInterruptedException("Client '" + this.client + "' could not connect to " + this.address
						+ ", because the thread was interrupted; nothing was sent");
			}
			throw new NodeUnreachableException(
					"Client '" + this.client + "' cannot connect to " + this.address + ": " + rootMessage(ex), ex);
		}
	}

	/**
	 * Probe whether the node answers, on a separate connection with a short time-out.
	 * @param owner the owner of the node's connections, which does not get this one
	 * @return the result
	 */
	ProbeResult probe(PooledConnection.Owner owner) {
		JedisClientConfig probing = ProbeConfig.of(this.config);
		PooledConnection connection = new PooledConnection(owner, this.address, probing);
		try {
			connection.initialize(probing);
			return connection.ping() ? ProbeResult.ANSWERED : ProbeResult.SILENT;
		}
		catch (JedisDataException ex) {
			return (ErrorReply.of(ex) == ErrorReply.LOADING) ? ProbeResult.LOADING : ProbeResult.ANSWERED;
		}
		catch (JedisException ex) {
			return ProbeResult.SILENT;
		}
		catch (RuntimeException ex) {
			// For instance from the supplier of the credentials.
			this.log.warn(this.address, "Client '{}' cannot probe {} and keeps trying", this.client, this.address, ex);
			return ProbeResult.NOT_ASKED;
		}
		finally {
			// Jedis closes it only after its own exceptions.
			connection.closeSocket();
		}
	}

	/**
	 * Have the node let a blocked command go, on a separate connection with a short
	 * time-out.
	 * @param owner the owner of the node's connections, which does not get this one
	 * @param client the connection that waits
	 * @return {@link ProbeResult#ANSWERED} if the node replies to it
	 */
	ProbeResult unblock(PooledConnection.Owner owner, ServerSideClient client) {
		try {
			return ask(owner, client::unblock) ? ProbeResult.ANSWERED : ProbeResult.SILENT;
		}
		catch (RuntimeException ex) {
			logger.debug("Client '{}' could not unblock a command on {}", this.client, this.address, ex);
			return ProbeResult.SILENT;
		}
	}

	/**
	 * Ask the node, on a separate connection with a short time-out.
	 * @param <T> the type of the answer
	 * @param owner the owner of the node's connections, which does not get this one
	 * @param question asks
	 * @return the answer
	 * @throws JedisException if the node does not answer
	 */
	<T> T ask(PooledConnection.Owner owner, Function<Connection, T> question) {
		JedisClientConfig brief = ProbeConfig.of(this.config);
		PooledConnection connection = new PooledConnection(owner, this.address, brief);
		try {
			connection.initialize(brief);
			return question.apply(connection);
		}
		finally {
			connection.closeSocket();
		}
	}

	/**
	 * Tell whether Redis rejected the user, the password, or the commands that open a
	 * connection.
	 * @param ex the failure to open a connection
	 * @return whether every attempt fails until the configuration changes
	 */
	public static boolean isRejectedLogin(RuntimeException ex) {
		ErrorReply reply = ErrorReply.of(ex);
		return reply.isRejectedLogin() || reply.isForbidden();
	}

	private static String rootMessage(Throwable ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		// Jedis tries all addresses of a host and adds each failure as suppressed.
		if (root.getSuppressed().length > 0) {
			root = root.getSuppressed()[0];
		}
		return (root.getMessage() != null) ? root.getMessage() : root.getClass().getSimpleName();
	}

}
