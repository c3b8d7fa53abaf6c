package io.github.hotplate.subscription;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Handover}.
 */
class HandoverTests {

	private final Handover handover = new Handover(new HostAndPort("old", 1), new HostAndPort("new", 1));

	@Test
	void copyOfPassedOnMessageIsDropped() {
		this.handover.fromOld(message("a"));
		assertThat(this.handover.fromNew(message("a"))).isFalse();
		assertThat(this.handover.end()).isEmpty();
	}

	@Test
	void messageOfNewNodeWaitsForOldOne() {
		assertThat(this.handover.fromNew(message("a"))).isFalse();
		this.handover.fromOld(message("a"));
		assertThat(this.handover.end()).isEmpty();
		assertThat(this.handover.fromNew(message("a"))).isTrue();
	}

	@Test
	void whatOldNodeHasNotSentIsPassedOnAtTheEnd() {
		List<Object> first = message("a");
		List<Object> second = message("b");
		this.handover.fromNew(first);
		this.handover.fromNew(second);
		assertThat(this.handover.end()).containsExactly(first, second);
	}

	@Test
	void lateCopyIsDroppedAfterTheEnd() {
		this.handover.fromOld(message("a"));
		assertThat(this.handover.end()).isEmpty();
		assertThat(this.handover.fromNew(message("a"))).isFalse();
		assertThat(this.handover.fromNew(message("a"))).isTrue();
	}

	@Test
	void equalMessagesAreCounted() {
		this.handover.fromOld(message("a"));
		this.handover.fromOld(message("a"));
		this.handover.fromNew(message("a"));
		this.handover.fromNew(message("a"));
		this.handover.fromNew(message("a"));
		assertThat(this.handover.end()).hasSize(1);
	}

	@Test
	void roomIsLimited() {
		IntStream.range(0, 9_999).forEach((i) -> this.handover.fromNew(message("a" + i)));
		assertThat(this.handover.isFull()).isFalse();
		this.handover.fromOld(message("b"));
		assertThat(this.handover.isFull()).isTrue();
	}

	@Test
	void fillingUpIsToldOnce() {
		IntStream.range(0, 10_000).forEach((i) -> this.handover.fromNew(message("a" + i)));
		assertThat(this.handover.hasFilledUp()).isTrue();
		this.handover.fromNew(message("b"));
		assertThat(this.handover.hasFilledUp()).isFalse();
	}

	private static List<Object> message(String body) {
		return List.of(bytes("message"), bytes("news"), bytes(body));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
