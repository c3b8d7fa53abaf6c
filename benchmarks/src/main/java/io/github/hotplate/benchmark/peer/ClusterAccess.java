package io.github.hotplate.benchmark.peer;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import redis.clients.jedis.HostAndPort;

/**
 * How a client reaches the cluster.
 *
 * @param url the seed nodes, as {@code redis://host:port,host:port}
 * @param connectionsPerNode the most connections to each node, for clients that have a
 * pool
 * @param hotplate further keys of Hotplate's client, without its prefix
 * @since 0.1.0
 */
public record ClusterAccess(String url, int connectionsPerNode, Map<String, String> hotplate) {

	public ClusterAccess(String url, int connectionsPerNode) {
		this(url, connectionsPerNode, Map.of());
	}

	/**
	 * Return the same access with one more key of Hotplate's client.
	 * @param key the key, without the client's prefix
	 * @param value its value
	 * @return a new access
	 */
	public ClusterAccess withHotplate(String key, String value) {
		Map<String, String> keys = new LinkedHashMap<>(this.hotplate);
		keys.put(key, value);
		return new ClusterAccess(this.url, this.connectionsPerNode, keys);
	}

	Set<HostAndPort> seeds() {
		return Stream.of(URI.create(this.url).getAuthority().split(","))
			.map(HostAndPort::from)
			.collect(Collectors.toUnmodifiableSet());
	}

}
