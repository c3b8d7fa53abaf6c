package io.github.hotplate.actuate;

import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.execution.DedicatedConnections;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.hotkey.HotKeyTrackerFactory;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link HotKeysEndpoint}, without HTTP.
 */
class HotKeysEndpointTests {

	private final HotKeyTracker tracker = tracker();

	private final HotKeysEndpoint endpoint = new HotKeysEndpoint(() -> List.of(this.tracker));

	@AfterEach
	void close() {
		this.tracker.close();
	}

	@Test
	void changesAtTheSameTimeAreBothMade() throws InterruptedException {
		List<Thread> posts = List.of(new Thread(() -> this.endpoint.changeSampleRates("foo", 0.25, null), "reads"),
				new Thread(() -> this.endpoint.changeSampleRates("foo", null, 0.5), "writes"));
		// Changes wait for each other at the tracker, and here both wait for this thread.
		synchronized (this.tracker) {
			posts.forEach(Thread::start);
			Awaitility.await().until(() -> posts.stream().allMatch((post) -> post.getState() == Thread.State.BLOCKED));
		}
		for (Thread post : posts) {
			post.join();
		}
		assertThat(this.tracker.sampleRates()).isEqualTo(new SampleRates(0.25, 0.5));
	}

	private static HotKeyTracker tracker() {
		DedicatedConnections connections = mock();
		given(connections.keySlots()).willReturn(KeySlots.CLUSTER);
		return new HotKeyTrackerFactory().create(
				new ClientConfigReader(new MockEnvironment().withProperty("foo.url", "redis://host")).read("foo."),
				connections, null, new MonitoringFailures());
	}

}
