package io.github.hotplate.observation;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.config.ClientConfig;

/**
 * What spans show of a client, whatever the command.
 *
 * @param name the client's name
 * @param database the index of the database
 * @param serverAddress the address in the client's configuration: one host, several with
 * commas if they have the same port, or several with their ports
 * @param serverPort the port of all servers in the configuration, {@code null} if they
 * have different ones
 * @since 0.1.0
 */
public record ObservedClient(String name, int database, String serverAddress, @Nullable Integer serverPort) {

	/**
	 * Return what spans show of a client.
	 * @param config the client's configuration
	 * @return what they show
	 */
	public static ObservedClient of(ClientConfig config) {
		List<HostAndPort> servers = config.url().seeds();
		List<Integer> ports = servers.stream().map(HostAndPort::getPort).distinct().toList();
		boolean onePort = ports.size() == 1;
		String address = servers.stream()
			.map((server) -> onePort ? server.getHost() : server.toString())
			.collect(Collectors.joining(","));
		return new ObservedClient(config.name(), config.url().database(), address, onePort ? ports.get(0) : null);
	}

}
