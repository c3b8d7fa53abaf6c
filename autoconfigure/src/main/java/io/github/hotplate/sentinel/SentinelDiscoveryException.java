package io.github.hotplate.sentinel;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Thrown when no Sentinel leads to a primary. The message says what was found and what to
 * do, and never contains a password. The failures of the other Sentinels are suppressed.
 *
 * @since 0.1.0
 */
public final class SentinelDiscoveryException extends DataAccessResourceFailureException {

	private final Reason reason;

	private final String action;

	SentinelDiscoveryException(Reason reason, String description, String action, @Nullable Throwable cause) {
		super(description, cause);
		this.reason = reason;
		this.action = action;
	}

	/**
	 * Return why no primary was found.
	 * @return the reason
	 */
	public Reason getReason() {
		return this.reason;
	}

	/**
	 * Return what to do.
	 * @return a sentence that names the key to change
	 */
	public String getAction() {
		return this.action;
	}

	/**
	 * Why no primary was found. Of several reasons, the one that came closest to a
	 * primary is reported.
	 *
	 * @since 0.1.0
	 */
	public enum Reason {

		/**
		 * The named node does not answer or is not a primary. Passes when a failover
		 * ends.
		 */
		NO_PRIMARY(true),

		/**
		 * The named primary rejects the client's user or password.
		 */
		PRIMARY_REJECTS_LOGIN(false),

		/**
		 * The Sentinels do not monitor a primary of that name.
		 */
		UNKNOWN_MASTER(false),

		/**
		 * The server is a Redis data node, not a Sentinel.
		 */
		NOT_A_SENTINEL(false),

		/**
		 * A Sentinel rejects the user or password for Sentinels.
		 */
		SENTINEL_REJECTS_LOGIN(false),

		/**
		 * No Sentinel answers.
		 */
		UNREACHABLE(true);

		private final boolean passing;

		Reason(boolean passing) {
			this.passing = passing;
		}

		/**
		 * Tell whether a retry can help.
		 * @return whether the problem may pass by itself; all others need a change of
		 * configuration
		 */
		public boolean isPassing() {
			return this.passing;
		}

	}

}
