package io.github.hotplate.config;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * Where a client finds its Redis; {@link #toString()} hides the password.
 *
 * @param tls whether to connect with TLS
 * @param seeds the nodes in the URL, at least one: the seed nodes of a cluster, the
 * Sentinels, the shards, or the standalone server
 * @param database the database index, 0 in cluster mode
 * @param sentinelMaster the name of the primary that the Sentinels monitor, {@code null}
 * in other modes
 * @param credentials the credentials from the client's keys, or else from the URL
 * @param origin where the URL comes from, such as
 * {@code class path resource [application.yml] - 3:8}
 * @since 0.1.0
 */
public record RedisUrl(boolean tls, List<HostAndPort> seeds, int database, @Nullable String sentinelMaster,
		Credentials credentials, String origin) {

	public RedisUrl {
		seeds = List.copyOf(seeds);
	}

	RedisUrl withCredentials(Credentials credentials) {
		return new RedisUrl(this.tls, this.seeds, this.database, this.sentinelMaster, credentials, this.origin);
	}

	/**
	 * The URL with its password masked.
	 * @return text such as {@code redis://app:******@host:7000,host:7001/0}
	 */
	@Override
	public String toString() {
		String scheme = RedisScheme.of(this.tls, this.sentinelMaster != null).text();
		String hosts = this.seeds.stream().map(HostAndPort::toString).collect(Collectors.joining(","));
		String master = (this.sentinelMaster != null) ? "/" + this.sentinelMaster : "";
		return scheme + "://" + this.credentials + hosts + master + "/" + this.database;
	}

}
