package io.github.hotplate.sentinel;

import org.jspecify.annotations.Nullable;

/**
 * The last failover known to a client.
 *
 * @param epoch the number of the failover; a Sentinel that only knows an earlier one lags
 * behind
 * @param promotion the view of the promoting Sentinel if the replica confirmed its
 * promotion before any Sentinel announced it; that failover has no number yet
 */
record KnownFailover(long epoch, @Nullable SentinelView promotion) {

	static final KnownFailover NONE = new KnownFailover(0, null);

	/**
	 * Return the failover that a Sentinel has announced.
	 * @param view the view of the Sentinel
	 * @return the failover
	 */
	static KnownFailover toldBy(SentinelView view) {
		return new KnownFailover(view.epoch(), null);
	}

	/**
	 * Return a failover whose replica has been promoted.
	 * @param view the view of the promoting Sentinel
	 * @return the failover
	 */
	static KnownFailover underWay(SentinelView view) {
		return new KnownFailover(view.epoch(), view);
	}

	/**
	 * Return the promotion that a Sentinel cannot know yet. The promoting Sentinel always
	 * knows it, unless it has abandoned the failover.
	 * @param view the view of the Sentinel
	 * @return the promotion, or {@code null} if there is none
	 */
	@Nullable SentinelView promotionUnknownTo(SentinelView view) {
		SentinelView known = this.promotion;
		return (known != null && known.epoch() == view.epoch() && !known.sentinel().equals(view.sentinel())) ? known
				: null;
	}

}
