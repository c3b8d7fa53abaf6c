package io.github.hotplate.pool;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Leads host names to addresses that are current to about a second. Thread-safe.
 *
 * @see <a href=
 * "https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/net/InetAddress.html">InetAddress,
 * on caching</a>
 */
final class HostNames {

	/**
	 * Shared by all clients, as the JVM's cache of names is.
	 */
	static final HostNames SHARED = new HostNames(InetAddress::getAllByName, kept(), System::nanoTime);

	private static final int DEFAULT_KEPT_SECONDS = 30;

	private static final int MANY = 1_000;

	private final HostLookup lookup;

	private final Duration kept;

	private final LongSupplier nanoTime;

	private final Map<String, HostName> names = new ConcurrentHashMap<>();

	/**
	 * Create an instance that knows no names.
	 * @param lookup looks names up, and keeps what it finds
	 * @param kept for how long
	 * @param nanoTime tells the time
	 */
	HostNames(HostLookup lookup, Duration kept, LongSupplier nanoTime) {
		this.lookup = lookup;
		this.kept = kept;
		this.nanoTime = nanoTime;
	}

	private static Duration kept() {
		String seconds = Security.getProperty("networkaddress.cache.ttl");
		return kept((seconds != null) ? seconds : System.getProperty("sun.net.inetaddr.ttl"));
	}

	static Duration kept(@Nullable String seconds) {
		try {
			int parsed = (seconds != null) ? Integer.parseInt(seconds.trim()) : DEFAULT_KEPT_SECONDS;
			// Negative is for ever; then no spelling of a name gets a second turn in
			// time.
			return Duration.ofSeconds((parsed < 0) ? DEFAULT_KEPT_SECONDS : parsed);
		}
		catch (NumberFormatException ex) {
			return Duration.ofSeconds(DEFAULT_KEPT_SECONDS);
		}
	}

	/**
	 * Return the addresses of a host.
	 * @param host a name or an address
	 * @return its addresses, at least one
	 * @throws UnknownHostException if there are none
	 */
	List<InetAddress> addresses(String host) throws UnknownHostException {
		if (isAddress(host)) {
			return List.of(this.lookup.resolve(host));
		}
		if (this.names.size() >= MANY) {
			this.names.clear();
		}
		return this.names.computeIfAbsent(host, (name) -> new HostName(name, this.lookup, this.kept, this.nanoTime))
			.addresses();
	}

	private static boolean isAddress(String host) {
		return host.indexOf(':') >= 0 || host.chars().allMatch((character) -> character == '.' || isDigit(character));
	}

	private static boolean isDigit(int character) {
		return character >= '0' && character <= '9';
	}

}
