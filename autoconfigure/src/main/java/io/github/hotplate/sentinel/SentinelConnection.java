package io.github.hotplate.sentinel;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;

/**
 * A connection to a Sentinel.
 *
 * @see <a href=
 * "https://redis.io/docs/latest/operate/oss_and_stack/management/sentinel/#sentinel-api">Sentinel
 * API</a>
 */
final class SentinelConnection extends InterruptibleConnection {

	private final HostAndPort address;

	SentinelConnection(HostAndPort address, JedisClientConfig config) {
		super(address, config);
		this.address = address;
	}

	/**
	 * Ask for everything that the Sentinel knows about a primary.
	 * @param master the name of the primary
	 * @return what it knows, or {@code null} if it does not monitor that primary
	 */
	@Nullable SentinelView view(String master) {
		if (primary(master) == null) {
			return null;
		}
		Map<String, String> description = BuilderFactory.STRING_MAP.build(ask("MASTER", master));
		List<Map<String, String>> replicas = descriptions("REPLICAS", master);
		List<Map<String, String>> sentinels = descriptions("SENTINELS", master);
		// Asked last: a new primary with an old epoch does no harm, but an old primary
		// with the new epoch would be believed.
		HostAndPort primary = primary(master);
		return (primary != null) ? SentinelView.of(this.address, primary, description, replicas, sentinels) : null;
	}

	/**
	 * Ask where the primary is.
	 * @param master the name of the primary
	 * @return its address, or {@code null} if the Sentinel does not monitor that primary
	 */
	@Nullable HostAndPort primary(String master) {
		Object reply = ask("GET-MASTER-ADDR-BY-NAME", master);
		if (reply == null) {
			return null;
		}
		List<String> hostAndPort = BuilderFactory.STRING_LIST.build(reply);
		return new HostAndPort(hostAndPort.get(0), Integer.parseInt(hostAndPort.get(1)));
	}

	/**
	 * Ask for the number of the last failover.
	 * @param master the name of the primary, which the Sentinel monitors
	 * @return the epoch
	 */
	long epoch(String master) {
		return SentinelView.epoch(BuilderFactory.STRING_MAP.build(ask("MASTER", master)));
	}

	/**
	 * Ask which primaries the Sentinel monitors.
	 * @return their names
	 */
	List<String> masters() {
		return elements(ask("MASTERS")).stream().map((master) -> String.valueOf(master.get("name"))).sorted().toList();
	}

	private List<Map<String, String>> descriptions(String kind, String master) {
		return elements(ask(kind, master));
	}

	private static List<Map<String, String>> elements(@Nullable Object reply) {
		return ((List<?>) Objects.requireNonNull(reply)).stream().map(BuilderFactory.STRING_MAP::build).toList();
	}

	private @Nullable Object ask(String... arguments) {
		return executeCommand(new CommandArguments(Command.SENTINEL).addObjects((Object[]) arguments));
	}

	/**
	 * Subscribe to channels.
	 * @param channels the channels
	 */
	void subscribe(List<String> channels) {
		sendCommand(new CommandArguments(Command.SUBSCRIBE).addObjects(channels));
		flush();
		for (int i = 0; i < channels.size(); i++) {
			getUnflushedObject();
		}
	}

	/**
	 * Wait for a message.
	 * @return the event
	 */
	SentinelEvent nextEvent() {
		List<String> message = BuilderFactory.STRING_LIST.build(getUnflushedObject());
		return new SentinelEvent(message.get(1), message.get(2));
	}

}
