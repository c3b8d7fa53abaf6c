package io.github.hotplate.activity;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReadKeys}.
 */
class ReadKeysTests {

	private final ReadKeys keys = new ReadKeys();

	@Test
	void readsOfDifferentKeysAreNoRepetitions() {
		IntStream.range(0, ReadKeys.LIMIT).forEach((i) -> this.keys.read("key:" + i));
		assertThat(this.keys.repeatedReads()).isZero();
		assertThat(this.keys.repeatedKeys()).isZero();
	}

	@Test
	void countsKeysAndReadsThatAreTooMany() {
		read("a", "b", "a", "c", "a", "b");
		assertThat(this.keys.repeatedKeys()).isEqualTo(2);
		assertThat(this.keys.repeatedReads()).isEqualTo(3);
	}

	@Test
	void textAndBytesOfKeyAreTheSame() {
		this.keys.read("schlüssel");
		this.keys.read("schlüssel".getBytes(StandardCharsets.UTF_8));
		assertThat(this.keys.repeatedReads()).isOne();
	}

	@Test
	void tellsKeysOfAnyLengthApart() {
		for (int length = 0; length < 40; length++) {
			this.keys.read("x".repeat(length));
			this.keys.read("x".repeat(length) + "y");
		}
		assertThat(this.keys.repeatedReads()).isZero();
	}

	@Test
	void readAfterWriteIsNoRepetition() {
		this.keys.read("a");
		this.keys.written("a");
		this.keys.read("a");
		assertThat(this.keys.repeatedReads()).isZero();
		this.keys.read("a");
		assertThat(this.keys.repeatedReads()).isOne();
	}

	@Test
	void keyThatIsWrittenAndReadAgainCountsOnce() {
		read("a", "a");
		this.keys.written("a");
		read("a", "a");
		assertThat(this.keys.repeatedKeys()).isOne();
		assertThat(this.keys.repeatedReads()).isEqualTo(2);
	}

	@Test
	void writesOfKeysThatWereNotReadAreForgotten() {
		IntStream.range(0, 10_000).forEach((i) -> this.keys.written("written:" + i));
		read("a", "a");
		assertThat(this.keys.repeatedReads()).isOne();
	}

	@Test
	void watchesFirstKeysOnly() {
		IntStream.range(0, 10_000).forEach((i) -> this.keys.read("key:" + i));
		IntStream.range(0, 10_000).forEach((i) -> this.keys.read("key:" + i));
		assertThat(this.keys.repeatedKeys()).isEqualTo(ReadKeys.LIMIT);
		assertThat(this.keys.repeatedReads()).isEqualTo(ReadKeys.LIMIT);
	}

	private void read(String... names) {
		for (String name : names) {
			this.keys.read(name);
		}
	}

}
