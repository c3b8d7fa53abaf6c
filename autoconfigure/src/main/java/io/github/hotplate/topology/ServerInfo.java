package io.github.hotplate.topology;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What a server reports about itself.
 *
 * @param mode the mode of the server
 * @param runId the unique ID of the server process, empty if it is not reported
 * @see <a href="https://redis.io/docs/latest/commands/info/">INFO server</a>
 */
record ServerInfo(ServerMode mode, String runId) {

	private static final Pattern RUN_ID = Pattern.compile("(?m)^run_id:(\\w+)");

	static ServerInfo of(Connection connection) {
		return parse(text(connection, "server"));
	}

	/**
	 * Ask a server about itself.
	 * @param connection a connection to the server
	 * @param section the section of {@code INFO}
	 * @return its lines, empty if the server does not tell
	 */
	static String text(Connection connection, String section) {
		try {
			Object info = connection.executeCommand(new CommandArguments(Command.INFO).add(section));
			return new String((byte[]) info, StandardCharsets.UTF_8);
		}
		catch (JedisDataException ex) {
			// ACLs and hosted servers may forbid INFO.
			return "";
		}
	}

	static ServerInfo parse(String info) {
		Matcher runId = RUN_ID.matcher(info);
		return new ServerInfo(ServerMode.parse(info), runId.find() ? runId.group(1) : "");
	}

}
