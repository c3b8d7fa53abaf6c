package io.github.hotplate.pool;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host name that may move to another server. Thread-safe.
 * <p>
 * The JVM keeps the addresses of a name for 30 seconds unless it is told otherwise, under
 * the very text that was looked up. Names are the same in upper and in lower case (RFC
 * 4343), so each look-up here uses another spelling. Not all resolvers know that: musl
 * compares the hosts file letter by letter. So other spellings are used only once one of
 * them has led to the same addresses; until then, the name is as current as the JVM has
 * it.
 */
final class HostName {

	private static final Logger logger = LoggerFactory.getLogger(HostName.class);

	private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

	/**
	 * Bounds what a JVM keeps that keeps names for ever.
	 */
	private static final int MAX_LETTERS = 10;

	private final String name;

	private final HostLookup lookup;

	private final Duration kept;

	private final LongSupplier nanoTime;

	private final int spellings;

	private final Duration pause;

	private final Lock lock = new ReentrantLock();

	private volatile @Nullable Answer answer;

	// Guarded by the lock, like the fields below.
	private boolean spellable;

	private boolean hasWarned;

	private int spelling;

	/**
	 * Create a name that has not been looked up.
	 * @param name the name
	 * @param lookup looks it up
	 * @param kept for how long the JVM keeps what it has looked up
	 * @param nanoTime tells the time
	 */
	HostName(String name, HostLookup lookup, Duration kept, LongSupplier nanoTime) {
		this.name = name;
		this.lookup = lookup;
		this.kept = kept;
		this.nanoTime = nanoTime;
		int letters = (int) name.chars().filter(HostName::isLetter).count();
		this.spellings = (1 << Math.min(letters, MAX_LETTERS)) - 1;
		this.pause = pause();
	}

	// When a spelling's turn comes again, the JVM must have forgotten it.
	private Duration pause() {
		Duration fair = this.kept.plusSeconds(1).dividedBy(Math.max(1, this.spellings));
		return (fair.compareTo(SHORTEST_PAUSE) > 0) ? fair : SHORTEST_PAUSE;
	}

	private static boolean isLetter(int character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
	}

	/**
	 * Return the addresses to which the name leads.
	 * @return the addresses, at least one, not older than a moment
	 * @throws UnknownHostException if there are none
	 */
	List<InetAddress> addresses() throws UnknownHostException {
		Answer known = this.answer;
		if (known != null && isYounger(known, this.pause)) {
			return known.addresses();
		}
		// A look-up may take long, and the JVM would still use this answer.
		if (known == null || !isYounger(known, this.kept)) {
			this.lock.lock();
		}
		else if (!this.lock.tryLock()) {
			return known.addresses();
		}
		try {
			Answer latest = this.answer;
			return (latest != null && latest != known) ? latest.addresses() : lookUp(known);
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isYounger(Answer known, Duration age) {
		return this.nanoTime.getAsLong() - known.at() < age.toNanos();
	}

	private List<InetAddress> lookUp(@Nullable Answer known) throws UnknownHostException {
		List<InetAddress> addresses = this.spellable ? ofOtherSpelling() : List.of();
		if (addresses.isEmpty()) {
			addresses = List.of(this.lookup.resolve(this.name));
			// Compared when both are new to the JVM.
			if (!this.spellable && (known == null || !isYounger(known, this.kept))) {
				this.spellable = !Collections.disjoint(addresses, ofOtherSpelling());
				explain();
			}
		}
		this.answer = new Answer(addresses, this.nanoTime.getAsLong());
		return addresses;
	}

	private List<InetAddress> ofOtherSpelling() {
		if (this.spellings == 0) {
			return List.of();
		}
		this.spelling = this.spelling % this.spellings + 1;
		try {
			return List.of(this.lookup.resolve(spell(this.spelling)));
		}
		catch (UnknownHostException ex) {
			return List.of();
		}
	}

	private String spell(int bits) {
		StringBuilder spelled = new StringBuilder(this.name);
		int left = bits;
		for (int i = 0; i < spelled.length() && left > 0; i++) {
			char letter = spelled.charAt(i);
			if (isLetter(letter)) {
				spelled.setCharAt(i, ((left & 1) == 1) ? (char) (letter ^ ' ') : letter);
				left >>= 1;
			}
		}
		return spelled.toString();
	}

	private void explain() {
		if (!this.spellable && !this.hasWarned && this.kept.compareTo(SHORTEST_PAUSE.multipliedBy(4)) > 0) {
			this.hasWarned = true;
			logger.info("The JVM keeps the addresses of {} for {} s. If that name may move to another server, set the "
					+ "security property networkaddress.cache.ttl to 1", this.name, this.kept.toSeconds());
		}
	}

	private record Answer(List<InetAddress> addresses, long at) {

	}

}
