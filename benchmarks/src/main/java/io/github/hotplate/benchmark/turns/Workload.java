package io.github.hotplate.benchmark.turns;

import java.util.Arrays;
import java.util.List;

import io.github.hotplate.benchmark.peer.BenchmarkClient;

/**
 * A kind of call.
 *
 * @since 0.1.0
 */
public enum Workload {

	/**
	 * Read a key.
	 */
	GET(1),

	/**
	 * Write a key.
	 */
	SET(1),

	/**
	 * Read 10 keys in one call.
	 */
	MGET_10(10),

	/**
	 * Read 100 keys in one call.
	 */
	MGET_100(100),

	/**
	 * Read 1,000 keys in one call.
	 */
	MGET_1000(1_000),

	/**
	 * Write 100 keys in one call.
	 */
	MSET_100(100),

	/**
	 * Delete 100 keys in one call.
	 */
	DEL_100(100),

	/**
	 * Read 100 keys, each by a command of its own, in one pipeline.
	 */
	PIPELINE_100(100);

	private final int size;

	Workload(int size) {
		this.size = size;
	}

	/**
	 * Return how many keys a call takes.
	 * @return the number of keys
	 */
	public int size() {
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

	/**
	 * Return what reports call the workload.
	 */
	@Override
	public String toString() {
		return name().replace('_', ' ');
	}

}
