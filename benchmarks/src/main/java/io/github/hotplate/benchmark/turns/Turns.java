package io.github.hotplate.benchmark.turns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.github.hotplate.benchmark.peer.BenchmarkClient;

/**
 * Lets clients take turns so short that what disturbs one disturbs all. The order changes
 * with each round, so that none always follows the same other.
 *
 * @param warmup how long each client warms up
 * @param duration how long a turn takes
 * @param rounds how many turns each client takes
 * @since 0.1.0
 */
public record Turns(Duration warmup, Duration duration, int rounds) {

	/**
	 * Run all turns.
	 * @param workload the kind of call
	 * @param threads the number of threads that call
	 * @param clients the clients by what reports call them, at least one
	 * @return what each client did, in the order of the clients
	 * @throws InterruptedException if interrupted
	 */
	public List<Series> take(Workload workload, int threads, Map<?, ? extends BenchmarkClient> clients)
			throws InterruptedException {
		List<Entrant> entrants = clients.entrySet()
			.stream()
			.map((client) -> new Entrant(client.getValue(), new Series(client.getKey().toString())))
			.toList();
		try (Load load = new Load(workload, threads)) {
			for (Entrant entrant : entrants) {
				turn(load, entrant.client(), this.warmup);
			}
			List<Entrant> order = new ArrayList<>(entrants);
			for (int round = 0; round < this.rounds; round++) {
				for (Entrant entrant : order) {
					entrant.series().add(turn(load, entrant.client(), this.duration));
				}
				Collections.rotate(order, 1);
			}
		}
		return entrants.stream().map(Entrant::series).toList();
	}

	private static Measurement turn(Load load, BenchmarkClient client, Duration duration) throws InterruptedException {
		client.beforeTurn();
		try {
			return load.run(client, duration);
		}
		finally {
			client.afterTurn();
		}
	}

	private record Entrant(BenchmarkClient client, Series series) {

	}

}
