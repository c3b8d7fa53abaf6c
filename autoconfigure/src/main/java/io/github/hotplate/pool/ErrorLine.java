package io.github.hotplate.pool;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.RedisInputStream;

import io.github.hotplate.command.ErrorReplies;

/**
 * Reads error replies. Jedis parses those that begin with {@code MOVED} or {@code ASK} as
 * redirections, and fails on {@code ASK me later}.
 */
final class ErrorLine {

	private ErrorLine() {
	}

	/**
	 * Read an error reply.
	 * @param input where the next reply is one
	 * @return the exception that Jedis has for the error, or an error of its own that
	 * says as much
	 */
	static JedisException read(RedisInputStream input) {
		input.readByte();
		byte[] line = input.readLineBytes();
		try {
			Protocol.read(reply(line));
		}
		catch (JedisException ex) {
			return ex;
		}
		catch (RuntimeException ex) {
			// Neither a slot nor an address.
		}
		return ErrorReplies.custom(new String(line, StandardCharsets.UTF_8));
	}

	private static RedisInputStream reply(byte[] line) {
		byte[] reply = new byte[line.length + 3];
		reply[0] = '-';
		System.arraycopy(line, 0, reply, 1, line.length);
		reply[line.length + 1] = '\r';
		reply[line.length + 2] = '\n';
		return new RedisInputStream(new ByteArrayInputStream(reply), reply.length);
	}

}
