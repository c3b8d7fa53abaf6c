package io.github.hotplate.execution;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.ClusterStateFailureException;

/**
 * The cluster refused a command because it is down or serves no node for the key's slot.
 * Redis ran nothing, so the call may be retried.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://baseplate.readthedocs.io/en/stable/api/baseplate/clients/redis_cluster.html">
 * baseplate's ClusterDownException</a>
 */
public class ClusterDownException extends ClusterStateFailureException {

	private final transient @Nullable Recovery recovery;

	public ClusterDownException(String message, @Nullable Throwable cause) {
		this(message, cause, null);
	}

	public ClusterDownException(String message, @Nullable Throwable cause, @Nullable Recovery recovery) {
		super(message, cause);
		this.recovery = recovery;
	}

	/**
	 * Return what to wait for before the command is sent again.
	 * @return the recovery of the cluster, or {@code null} if nothing signals it
	 */
	public @Nullable Recovery recovery() {
		return this.recovery;
	}

}
