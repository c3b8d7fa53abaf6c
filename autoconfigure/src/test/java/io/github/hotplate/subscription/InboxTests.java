package io.github.hotplate.subscription;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Inbox}.
 */
class InboxTests {

	private final Inbox inbox = new Inbox();

	@Test
	void messageWaitsForRoom() throws InterruptedException {
		for (int i = 0; i < 1_000; i++) {
			this.inbox.makeRoom();
			this.inbox.addMessage(i);
		}
		CompletableFuture<Void> next = CompletableFuture.runAsync(this::makeRoom);
		assertThat(next).isNotDone();
		assertThat(this.inbox.take()).isEqualTo(0);
		assertThat(next).succeedsWithin(Duration.ofSeconds(5));
	}

	@Test
	void noticeNeverWaits() throws InterruptedException {
		for (int i = 0; i < 1_000; i++) {
			this.inbox.makeRoom();
		}
		this.inbox.addNotice("unsubscribed");
		assertThat(this.inbox.take()).isEqualTo("unsubscribed");
	}

	private void makeRoom() {
		try {
			this.inbox.makeRoom();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
