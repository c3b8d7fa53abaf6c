package io.github.hotplate.sentinel;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Thrown when the Sentinels do not lead to a primary. Says what was found and what to do,
 * and never a password. What each Sentinel answered is suppressed in it.
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
	 * Return what stands between the client and the primary.
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
	 * What can stand between a client and its primary. Of several, the one that came
	 * closest to a primary is reported.
	 *
	 * @since 0.1.0
	 */
	public enum Reason {

		/**
		 * A primary is named, and it does not answer or is none (any more). Passes with
		 * the end of a failover.
		 */
		NO_PRIMARY(true),

		/**
		 * A primary is named and refuses the client's user or password.
		 */
		PRIMARY_REJECTS_LOGIN(false),

		/**
		 * The Sentinels watch no primary of that name.
		 */
		UNKNOWN_MASTER(false),

		/**
		 * The server is a Redis and no Sentinel.
		 */
		NOT_A_SENTINEL(false),

		/**
		 * A Sentinel refuses the user or password for Sentinels.
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
		 * Tell whether to go on asking makes sense.
		 * @return whether this may pass by itself; all else is a matter of configuration
		 */
		public boolean isPassing() {
			return this.passing;
		}

	}

}
