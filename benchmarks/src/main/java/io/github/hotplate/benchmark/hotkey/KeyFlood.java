package io.github.hotplate.benchmark.hotkey;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.hotkey.HotKeyTracker;

/**
 * Shows a tracker commands with ever new keys, as fast as its advice takes them: the
 * executor behind it answers by itself.
 */
final class KeyFlood {

	private static final byte[] VALUE = "v".repeat(100).getBytes(StandardCharsets.UTF_8);

	private static final int DIGITS = 10;

	private final CommandExecutor executor;

	private final int keyLength;

	KeyFlood(HotKeyTracker tracker, int keyLength) {
		this.executor = new CommandExecutorChain(new AnsweringExecutor(), List.of(tracker.advice()));
		this.keyLength = Math.max(DIGITS, keyLength);
	}

	/**
	 * Use keys once each, on all processors: every other is read, and the rest is
	 * written.
	 * @param begin the number of the first key
	 * @param end the number after the last key
	 */
	void run(int begin, int end) {
		IntStream.range(begin, end).parallel().forEach((number) -> this.executor.executeCommand(command(number)));
	}

	private CommandObject<?> command(int number) {
		byte[] key = key(number);
		return (number % 2 == 0)
				? new CommandObject<>(new CommandArguments(Protocol.Command.GET).key(key), BuilderFactory.BINARY)
				: new CommandObject<>(new CommandArguments(Protocol.Command.SET).key(key).add(VALUE),
						BuilderFactory.STRING);
	}

	private byte[] key(int number) {
		byte[] key = new byte[this.keyLength];
		Arrays.fill(key, (byte) 'k');
		int rest = number;
		for (int i = 0; i < DIGITS; i++) {
			key[i] = (byte) ('0' + rest % 10);
			rest /= 10;
		}
		return key;
	}

	/**
	 * Replies to every command with a value.
	 */
	private static final class AnsweringExecutor implements CommandExecutor {

		@Override
		public <T> T executeCommand(CommandObject<T> command) {
			return command.getBuilder().build(VALUE);
		}

		@Override
		public void close() {
		}

	}

}
