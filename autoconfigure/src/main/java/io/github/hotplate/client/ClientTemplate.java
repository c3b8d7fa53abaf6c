package io.github.hotplate.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.template.MonitoredRedisTemplate;

/**
 * The template of a client without auto-configuration, made on first use together with
 * what it takes. Thread-safe.
 */
final class ClientTemplate implements AutoCloseable {

	private final ClientWiring wiring;

	private @Nullable MonitoredRedisTemplate template;

	private @Nullable HotKeyTracker hotKeys;

	private boolean closed;

	ClientTemplate(ClientWiring wiring) {
		this.wiring = wiring;
	}

	synchronized MonitoredRedisTemplate get() {
		if (this.closed) {
			throw new IllegalStateException("The client is closed");
		}
		MonitoredRedisTemplate known = this.template;
		if (known == null) {
			known = create(this.wiring);
			this.template = known;
		}
		return known;
	}

	private MonitoredRedisTemplate create(ClientWiring client) {
		HotKeyTracker tracker = client.hotKeys(null);
		this.hotKeys = tracker;
		CommandExecutorChain executor = client.executor(List.of(client.recordingAdvice(), tracker.advice(),
				client.splitAdvice(List.of()), client.retryAdvice(List.of())));
		return client.template(client.connectionFactory(executor));
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.hotKeys != null) {
			this.hotKeys.close();
		}
	}

}
