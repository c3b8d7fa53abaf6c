package io.github.hotplate.command;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which commands must not be sent on a connection that goes back to the pool, since they
 * would change how Redis treats whatever its next borrower sends. The client itself sends
 * some of them, on connections that it holds.
 *
 * @see <a href="https://redis.io/docs/latest/commands/?group=connection">Redis'
 * connection commands</a>
 */
final class SharedConnectionRule {

	/**
	 * What {@code CLIENT} can do without an effect on its own connection. Whatever else
	 * it can do, now or in a later version, is refused.
	 */
	private static final Set<String> HARMLESS = Set.of("CLIENT", "CLIENT GETNAME", "CLIENT GETREDIR", "CLIENT HELP",
			"CLIENT ID", "CLIENT INFO", "CLIENT KILL", "CLIENT LIST", "CLIENT PAUSE", "CLIENT TRACKINGINFO",
			"CLIENT UNBLOCK", "CLIENT UNPAUSE");

	private static final String TRANSACTION = "Call multi(), exec() and discard() in a SessionCallback instead";

	private static final String WATCHED = "Call watch() and unwatch() in a SessionCallback instead";

	private static final String LISTENER = "Use a RedisMessageListenerContainer, or subscribe() on a connection, "
			+ "instead";

	private static final String LOGIN = "Set username and password of the client instead, or declare another client "
			+ "for another user";

	private static final String POOL = "The client itself opens and closes connections";

	private static final String SERVER = "Connect to the server with redis-cli instead";

	private static final String REPLICAS = "Set read_preference of the client instead";

	private static final Map<String, String> REMEDIES = Map.ofEntries(Map.entry("MULTI", TRANSACTION),
			Map.entry("EXEC", TRANSACTION), Map.entry("DISCARD", TRANSACTION), Map.entry("WATCH", WATCHED),
			Map.entry("UNWATCH", WATCHED), Map.entry("SUBSCRIBE", LISTENER), Map.entry("PSUBSCRIBE", LISTENER),
			Map.entry("SSUBSCRIBE", LISTENER), Map.entry("UNSUBSCRIBE", LISTENER), Map.entry("PUNSUBSCRIBE", LISTENER),
			Map.entry("SUNSUBSCRIBE", LISTENER), Map.entry("AUTH", LOGIN), Map.entry("HELLO", LOGIN),
			Map.entry("SELECT", "Declare another client for another database"), Map.entry("RESET", POOL),
			Map.entry("QUIT", POOL), Map.entry("READONLY", REPLICAS), Map.entry("READWRITE", REPLICAS),
			Map.entry("ASKING", "The client itself follows redirections"), Map.entry("MONITOR", SERVER),
			Map.entry("SYNC", SERVER), Map.entry("PSYNC", SERVER), Map.entry("REPLCONF", SERVER),
			Map.entry("CLUSTER SYNCSLOTS", SERVER),
			Map.entry("SCRIPT DEBUG", "Debug scripts with redis-cli --ldb instead"),
			Map.entry("CLIENT SETNAME", "Set client_name and client_set_name of the client instead"),
			Map.entry("CLIENT SETINFO", "Set client_name and client_set_name of the client instead"));

	private SharedConnectionRule() {
	}

	/**
	 * Return why a command is refused.
	 * @param name the name of the command
	 * @return the reason and what to do instead, or {@code null} for a command that may
	 * be sent
	 */
	static @Nullable String refusal(String name) {
		// Redis looks a name up by all of its bytes, but compares it only up to a NUL.
		if (name.indexOf('\0') >= 0) {
			return "The name of a command must not contain a NUL, which Redis may take for its end";
		}
		String remedy = REMEDIES.get(name);
		if (remedy == null && name.startsWith("CLIENT") && !HARMLESS.contains(name)) {
			remedy = SERVER;
		}
		return (remedy != null) ? name + " would change the state of a connection that others share. " + remedy : null;
	}

}
