package io.github.hotplate.benchmark.throughput;

import java.util.Arrays;
import java.util.List;

import io.github.hotplate.benchmark.peer.BenchmarkClient;

/**
 * A kind of call.
 */
enum Workload {

	GET(1), SET(1), MGET_10(10), MGET_100(100), MGET_1000(1_000), MSET_100(100), DEL_100(100), PIPELINE_100(100);

	private final int size;

	Workload(int size) {
		this.size = size;
	}

	/**
	 * Return how many keys a call takes.
	 * @return the number of keys
	 */
	int size() {
		return this.size;
	}

	/**
	 * Make one call.
	 * @param client the client
	 * @param keys the keys to choose from
	 * @throws IllegalStateException if the client read something else than is there: it
	 * would not deserve its figures
	 */
	void call(BenchmarkClient client, Keys keys) {
		switch (this) {
			case GET -> check(Arrays.asList(client.get(keys.next().get(0))));
			case SET -> client.set(keys.next().get(0), Keys.VALUE);
			case MGET_10, MGET_100, MGET_1000 -> check(client.getAll(keys.next()));
			case MSET_100 -> client.setAll(keys.nextEntries());
			case DEL_100 -> client.delete(keys.nextAbsent());
			case PIPELINE_100 -> check(client.pipelinedGet(keys.next()));
		}
	}

	private void check(List<?> values) {
		if (values.size() != this.size || !Keys.VALUE.equals(values.get(0))
				|| !Keys.VALUE.equals(values.get(this.size - 1))) {
			throw new IllegalStateException("%s read %s".formatted(this, values));
		}
	}

	@Override
	public String toString() {
		return name().replace('_', ' ');
	}

}
