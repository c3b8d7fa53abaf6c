package io.github.hotplate.pool;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.ErrorReply;

/**
 * A connection as its server sees it, to have the server let go a command that blocks. An
 * ID alone might be that of a stranger on another server that has taken over the address.
 *
 * @param id the ID of the connection, or {@code null} if the server does not tell: before
 * Redis 6.2, behind some proxies, or without permission
 * @param address from where the server sees the connection come
 * @see <a href="https://redis.io/docs/latest/commands/client-unblock/">CLIENT UNBLOCK</a>
 */
record ServerSideClient(@Nullable String id, @Nullable String address) {

	private static final ServerSideClient UNKNOWN = new ServerSideClient(null, null);

	private static final Pattern ID = Pattern.compile("(?:^| )id=(\\d+)");

	private static final Pattern ADDRESS = Pattern.compile("(?:^| )addr=(\\S+)");

	static ServerSideClient of(Connection connection) {
		try {
			return parse(connection.executeCommand(new CommandArguments(Command.CLIENT).add("INFO")));
		}
		catch (JedisDataException ex) {
			// A server that is busy would tell later.
			if (ErrorReply.of(ex).isServerState()) {
				throw ex;
			}
			return UNKNOWN;
		}
	}

	static ServerSideClient parse(@Nullable Object info) {
		if (!(info instanceof byte[] raw)) {
			return UNKNOWN;
		}
		String text = new String(raw, StandardCharsets.UTF_8);
		return new ServerSideClient(find(ID, text), find(ADDRESS, text));
	}

	private static @Nullable String find(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		return matcher.find() ? matcher.group(1) : null;
	}

	boolean isKnown() {
		return this.id != null && this.address != null;
	}

	/**
	 * Have the server let the command of this connection go.
	 * @param other another connection to the server
	 * @return whether the server still knew this connection, so that it replies to it
	 */
	boolean unblock(Connection other) {
		String known = Objects.requireNonNull(this.id);
		ServerSideClient found = parse(
				other.executeCommand(new CommandArguments(Command.CLIENT).add("LIST").add("ID").add(known)));
		if (!equals(found)) {
			return false;
		}
		other.executeCommand(new CommandArguments(Command.CLIENT).add("UNBLOCK").add(known).add("ERROR"));
		return true;
	}

}
