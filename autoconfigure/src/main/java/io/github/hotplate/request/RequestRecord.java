package io.github.hotplate.request;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.activity.RedisActivity;

/**
 * What is known of one request, from its first dispatch to its end. Thread-safe except
 * for the header, which is as little so as the response.
 */
final class RequestRecord {

	static final String ATTRIBUTE = RequestRecord.class.getName();

	private final RedisActivity activity;

	private final @Nullable ServerTimingHeader header;

	private final boolean endAnnounced;

	private final AtomicBoolean warned = new AtomicBoolean();

	private final AtomicBoolean ended = new AtomicBoolean();

	private final AtomicBoolean followed = new AtomicBoolean();

	private volatile @Nullable Route route;

	private volatile boolean erroneous;

	/**
	 * Create a record.
	 * @param activity what the request does to Redis
	 * @param header the header that tells it, or {@code null} if it must not be told
	 * @param endAnnounced whether the container is going to announce the end of the
	 * request
	 */
	RequestRecord(RedisActivity activity, @Nullable ServerTimingHeader header, boolean endAnnounced) {
		this.activity = activity;
		this.header = header;
		this.endAnnounced = endAnnounced;
	}

	RedisActivity activity() {
		return this.activity;
	}

	@Nullable ServerTimingHeader header() {
		return this.header;
	}

	boolean endAnnounced() {
		return this.endAnnounced;
	}

	@Nullable Route route() {
		return this.route;
	}

	void servedBy(Route route) {
		this.route = route;
	}

	boolean erroneous() {
		return this.erroneous;
	}

	void turnErroneous() {
		this.erroneous = true;
	}

	boolean followed() {
		return this.followed.get();
	}

	/**
	 * Note that the asynchronous part of the request is listened to.
	 * @return whether it was not before
	 */
	boolean follow() {
		return this.followed.compareAndSet(false, true);
	}

	/**
	 * Note that the request is warned of.
	 * @return whether it was not before
	 */
	boolean warn() {
		return this.warned.compareAndSet(false, true);
	}

	/**
	 * Note that the request has ended.
	 * @return whether it had not before
	 */
	boolean end() {
		return this.ended.compareAndSet(false, true);
	}

}
