package io.github.hotplate.sentinel;

import org.jspecify.annotations.Nullable;

/**
 * The last failover that a client knows of.
 *
 * @param epoch its number; a Sentinel that knows of an earlier one only lags behind
 * @param promotion where a replica was seen to be the primary before any Sentinel said
 * so, what the Sentinel said that promotes it; its failover has no number yet
 */
record KnownFailover(long epoch, @Nullable SentinelView promotion) {

	static final KnownFailover NONE = new KnownFailover(0, null);

	/**
	 * Return what is known when a Sentinel's word has been believed.
	 * @param view what the Sentinel says
	 * @return the failover that it tells of
	 */
	static KnownFailover toldBy(SentinelView view) {
		return new KnownFailover(view.epoch(), null);
	}

	/**
	 * Return what is known when a replica has been promoted.
	 * @param view what the Sentinel says that promotes it
	 * @return the failover that is under way
	 */
	static KnownFailover underWay(SentinelView view) {
		return new KnownFailover(view.epoch(), view);
	}

	/**
	 * Return the promotion that a Sentinel cannot know of yet. The Sentinel that promotes
	 * can always tell: where it does not, it has given up.
	 * @param view what the Sentinel says
	 * @return the promotion, or {@code null} where there is none
	 */
	@Nullable SentinelView promotionUnknownTo(SentinelView view) {
		SentinelView known = this.promotion;
		return (known != null && known.epoch() == view.epoch() && !known.sentinel().equals(view.sentinel())) ? known
				: null;
	}

}
