package io.github.hotplate.crossslot;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The parts of {@code SCAN}: one page of the keys of one server.
 */
final class ScanPage {

	private ScanPage() {
	}

	/**
	 * Return a scan that goes on elsewhere.
	 * @param arguments the scan
	 * @param cursor where it goes on
	 * @return the same scan with that cursor
	 */
	static CommandArguments from(CommandArguments arguments, BigInteger cursor) {
		CommandArguments scan = new CommandArguments(arguments.getCommand()).add(cursor.toString());
		for (int i = 2; i < arguments.size(); i++) {
			scan.add(arguments.get(i));
		}
		return scan;
	}

	/**
	 * Read a cursor of a caller.
	 * @param cursor the cursor
	 * @return the number
	 * @throws JedisDataException if it is none, in the words of Redis
	 */
	static BigInteger number(byte[] cursor) {
		String text = new String(cursor, StandardCharsets.US_ASCII);
		if (text.isEmpty() || !text.chars().allMatch((digit) -> digit >= '0' && digit <= '9')) {
			throw new JedisDataException("ERR invalid cursor");
		}
		return new BigInteger(text);
	}

}
