package io.github.hotplate.benchmark.diagnosis;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.benchmark.peer.BenchmarkClient;

/**
 * Passes all calls on.
 */
abstract class ForwardingClient implements BenchmarkClient {

	private final BenchmarkClient client;

	ForwardingClient(BenchmarkClient client) {
		this.client = client;
	}

	@Override
	public @Nullable String get(String key) {
		return this.client.get(key);
	}

	@Override
	public void set(String key, String value) {
		this.client.set(key, value);
	}

	@Override
	public long increment(String key) {
		return this.client.increment(key);
	}

	@Override
	public List<?> getAll(List<String> keys) {
		return this.client.getAll(keys);
	}

	@Override
	public void setAll(Map<String, String> values) {
		this.client.setAll(values);
	}

	@Override
	public void delete(List<String> keys) {
		this.client.delete(keys);
	}

	@Override
	public List<?> pipelinedGet(List<String> keys) {
		return this.client.pipelinedGet(keys);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
