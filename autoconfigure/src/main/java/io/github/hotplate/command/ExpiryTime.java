package io.github.hotplate.command;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The forms in which commands say when a key is to expire. Each is named like the option
 * that takes it.
 */
enum ExpiryTime {

	EX("EXPIRE", TimeUnit.SECONDS, false),

	PX("PEXPIRE", TimeUnit.MILLISECONDS, false),

	EXAT("EXPIREAT", TimeUnit.SECONDS, true),

	PXAT("PEXPIREAT", TimeUnit.MILLISECONDS, true);

	/**
	 * Longer than a command is retried by default, and than the clocks of a client and of
	 * Redis usually differ.
	 */
	static final long NEAR_MILLIS = TimeUnit.MINUTES.toMillis(1);

	private final String command;

	private final TimeUnit unit;

	private final boolean sinceEpoch;

	ExpiryTime(String command, TimeUnit unit, boolean sinceEpoch) {
		this.command = command;
		this.unit = unit;
		this.sinceEpoch = sinceEpoch;
	}

	/**
	 * Tell whether a key still exists when the command is retried.
	 * @param name the name of the command or of the option
	 * @param value its argument
	 * @param now milliseconds since the epoch
	 * @return whether the key expires more than a minute from now
	 */
	static boolean isFar(String name, String value, long now) {
		return Stream.of(values())
			.filter((form) -> form.name().equals(name.toUpperCase(Locale.ROOT)) || form.command.equals(name))
			.anyMatch((form) -> form.isFar(value, now));
	}

	private boolean isFar(String value, long now) {
		try {
			// Saturates where the number is out of range, which Redis refuses.
			long millis = this.unit.toMillis(Long.parseLong(value));
			return millis > (this.sinceEpoch ? now + NEAR_MILLIS : NEAR_MILLIS);
		}
		catch (NumberFormatException ex) {
			return false;
		}
	}

}
