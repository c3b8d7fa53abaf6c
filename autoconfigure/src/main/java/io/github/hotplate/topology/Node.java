package io.github.hotplate.topology;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * A node of a cluster, or a server of any other topology. A value.
 *
 * @since 0.1.0
 */
public final class Node {

	private final String id;

	// Every command needs it, so it is created once.
	private final HostAndPort address;

	/**
	 * Create a node.
	 * @param id the node ID, 40 hexadecimal digits in a Redis Cluster and otherwise empty
	 * @param host the host name or address under which clients reach it
	 * @param port the port for clients
	 */
	public Node(String id, String host, int port) {
		this.id = id;
		this.address = new HostAndPort(host, port);
	}

	/**
	 * Return the node ID, which identifies a node of a Redis Cluster for its lifetime.
	 * @return 40 hexadecimal digits, or an empty string outside of a cluster or if the
	 * cluster does not report it
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return where clients reach the node.
	 * @return a host name or an address
	 */
	public String host() {
		return this.address.getHost();
	}

	/**
	 * Return the port for clients.
	 * @return the port
	 */
	public int port() {
		return this.address.getPort();
	}

	public HostAndPort address() {
		return this.address;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Node node && this.id.equals(node.id) && this.address.equals(node.address);
	}

	@Override
	public int hashCode() {
		return this.address.hashCode();
	}

	@Override
	public String toString() {
		return this.address.toString();
	}

}
