package io.github.hotplate.pool;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HostNames}.
 */
class HostNamesTests {

	private static final String NAME = "redis.example.org";

	private static final Duration KEPT = Duration.ofSeconds(30);

	private final Jvm jvm = new Jvm();

	private final HostNames names = new HostNames(this.jvm, KEPT, () -> this.jvm.now);

	@ParameterizedTest
	@CsvSource({ "redis.example.org, 500", "redis, 1000", "r2, 31000" })
	void nameThatMovesIsFoundAfterMoment(String name, long pause) throws UnknownHostException {
		this.jvm.lead(name, "10.0.0.1");
		assertThat(resolve(name)).isEqualTo("10.0.0.1");
		for (int i = 2; i < 200; i++) {
			this.jvm.lead(name, "10.0.0." + i);
			this.jvm.pass(Duration.ofMillis(pause));
			assertThat(resolve(name)).isEqualTo("10.0.0." + i);
		}
	}

	@Test
	void nameIsNotLookedUpForEachConnection() throws UnknownHostException {
		this.jvm.lead(NAME, "10.0.0.1");
		resolve(NAME);
		int before = this.jvm.lookups;
		resolve(NAME);
		assertThat(this.jvm.lookups).isEqualTo(before);
	}

	@Test
	void jvmKeepsFewSpellings() throws UnknownHostException {
		this.jvm.lead(NAME, "10.0.0.1");
		for (int i = 0; i < 10_000; i++) {
			this.jvm.pass(Duration.ofMillis(500));
			resolve(NAME);
		}
		assertThat(this.jvm.kept).hasSizeLessThanOrEqualTo(1_024);
	}

	@Test
	void nameIsAsCurrentAsJvmHasItWhereSpellingMatters() throws UnknownHostException {
		this.jvm.caseMatters = true;
		this.jvm.lead(NAME, "10.0.0.1");
		resolve(NAME);
		this.jvm.lead(NAME, "10.0.0.2");
		this.jvm.pass(Duration.ofSeconds(2));
		assertThat(resolve(NAME)).isEqualTo("10.0.0.1");
		this.jvm.pass(KEPT);
		assertThat(resolve(NAME)).isEqualTo("10.0.0.2");
	}

	@Test
	void otherAnswerForOtherSpellingIsNotBelieved() throws UnknownHostException {
		this.jvm.caseMatters = true;
		this.jvm.lead(NAME, "10.0.0.1");
		this.jvm.lead("Redis.example.org", "10.6.6.6");
		for (int i = 0; i < 10; i++) {
			assertThat(resolve(NAME)).isEqualTo("10.0.0.1");
			this.jvm.pass(Duration.ofSeconds(2));
		}
	}

	@Test
	void nameThatIsGoneIsUnknownUntilItIsBack() throws UnknownHostException {
		this.jvm.lead(NAME, "10.0.0.1");
		resolve(NAME);
		this.jvm.hosts.clear();
		this.jvm.pass(KEPT);
		assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> resolve(NAME));
		this.jvm.lead(NAME, "10.0.0.2");
		assertThat(resolve(NAME)).isEqualTo("10.0.0.2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.1", "::1", "fe80::1%1" })
	void addressIsNoName(String address) throws UnknownHostException {
		this.jvm.lead(address, "10.0.0.1");
		resolve(address);
		resolve(address);
		assertThat(this.jvm.kept).containsOnlyKeys(address);
	}

	@ParameterizedTest
	@CsvSource({ ", 30", "5, 5", "0, 0", "-1, 30", "many, 30" })
	void jvmKeepsNamesForAsLongAsItIsTold(String property, int seconds) {
		assertThat(HostNames.kept(property)).hasSeconds(seconds);
	}

	private String resolve(String name) throws UnknownHostException {
		return this.names.addresses(name).get(0).getHostAddress();
	}

	/**
	 * Keeps the addresses of names as the JVM does.
	 */
	private static final class Jvm implements HostLookup {

		private final Map<String, InetAddress> hosts = new HashMap<>();

		private final Map<String, Entry> kept = new HashMap<>();

		private boolean caseMatters;

		private long now;

		private int lookups;

		void lead(String name, String address) throws UnknownHostException {
			this.hosts.put(name, InetAddress.getByName(address));
		}

		void pass(Duration time) {
			this.now += time.toNanos();
		}

		@Override
		public InetAddress[] resolve(String host) throws UnknownHostException {
			this.lookups++;
			Entry known = this.kept.get(host);
			if (known == null || this.now - known.at() >= KEPT.toNanos()) {
				InetAddress address = this.hosts.get(this.caseMatters ? host : host.toLowerCase(Locale.ROOT));
				if (address == null) {
					throw new UnknownHostException(host);
				}
				known = new Entry(address, this.now);
				this.kept.put(host, known);
			}
			return new InetAddress[] { known.address() };
		}

		private record Entry(InetAddress address, long at) {

		}

	}

}
