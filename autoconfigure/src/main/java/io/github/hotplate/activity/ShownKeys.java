package io.github.hotplate.activity;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CompositeCommand;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.hotkey.HotKeyNaming;
import io.github.hotplate.hotkey.KeyCutter;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * Shows the key of a call: named as for hot keys, bounded in length, and with bytes that
 * are no text in the manner of {@code redis-cli}. Thread-safe.
 */
final class ShownKeys {

	private final String client;

	private final @Nullable HotKeyNaming naming;

	private final KeyCutter cutter;

	private final MonitoringFailures failures;

	/**
	 * Create an instance.
	 * @param config the client, and how long a key may be
	 * @param naming masks keys, or {@code null}
	 * @param failures is told when the naming fails
	 */
	ShownKeys(ClientConfig config, @Nullable HotKeyNaming naming, MonitoringFailures failures) {
		this.client = config.name();
		this.naming = naming;
		this.cutter = new KeyCutter(config.hotKeys().maxKeyLength());
		this.failures = failures;
	}

	/**
	 * Return the first key of a single command as it is shown.
	 * @param call the call
	 * @return the key, or {@code null} if there is none to show
	 */
	@Nullable String show(CallRecord call) {
		if (call.command() instanceof CompositeCommand<?>) {
			return null;
		}
		List<Object> keys = CommandKeys.of(call.spec(), call.command().getArguments());
		Object key = keys.isEmpty() ? null : named(this.cutter.cut(keys.get(0)));
		return (key != null) ? text(bytes(this.cutter.cut(key))) : null;
	}

	private @Nullable Object named(Object key) {
		if (this.naming == null) {
			return key;
		}
		try {
			return this.naming.nameOf(this.client, CommandKeys.text(key));
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.LISTENER, "HotKeyNaming, slow calls of client '" + this.client + "'", ex);
			return null;
		}
	}

	private static byte[] bytes(Object key) {
		return (key instanceof byte[] bytes) ? bytes : ((String) key).getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] key) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
			if (text.chars().noneMatch(Character::isISOControl)) {
				return text;
			}
		}
		catch (CharacterCodingException ex) {
			// No text, so each byte is shown.
		}
		return quoted(key);
	}

	private static String quoted(byte[] key) {
		StringBuilder text = new StringBuilder(key.length * 4 + 2).append('"');
		for (byte each : key) {
			switch (each) {
				case '\\', '"' -> text.append('\\').append((char) each);
				case '\n' -> text.append("\\n");
				case '\r' -> text.append("\\r");
				case '\t' -> text.append("\\t");
				case '\b' -> text.append("\\b");
				case 7 -> text.append("\\a");
				default -> {
					if (each >= ' ' && each <= '~') {
						text.append((char) each);
					}
					else {
						text.append("\\x%02x".formatted(each));
					}
				}
			}
		}
		return text.append('"').toString();
	}

}
