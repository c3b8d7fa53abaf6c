package io.github.hotplate.activity;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.execution.CallRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RedisActivity}.
 */
class RedisActivityTests {

	private final RecordedClient foo = new RecordedClient("foo");

	private final RecordedClient bar = new RecordedClient("bar");

	@Test
	void beginsEmpty() {
		RedisActivity activity = new RedisActivity();
		assertThat(activity).hasToString("0 commands, 0 failed, 0 retries, 0 ms, longest 0 ms");
		assertThat(activity.byCommand()).isEmpty();
		assertThat(activity.remedies()).isEmpty();
		assertThat(activity.longest()).isZero();
		assertThat(activity.commands("GET")).isZero();
	}

	@Test
	void recordsCommandsByName() {
		RedisActivity activity = RedisActivity.record(() -> {
			this.foo.send(Command.GET, "a");
			this.foo.send(Command.GET, "b");
			this.foo.send(Command.SET, "c");
		});
		assertThat(activity.commands()).isEqualTo(3);
		assertThat(activity.commands("get")).isEqualTo(2);
		assertThat(activity.byCommand()).containsExactly(
				Map.entry("GET", new CommandActivity(2, 0, Duration.ofMillis(2), Duration.ofMillis(1), 0)),
				Map.entry("SET", new CommandActivity(1, 0, Duration.ofMillis(1), Duration.ofMillis(1), 0)));
		assertThat(activity.time()).hasMillis(3);
		assertThat(activity.longest()).hasMillis(1);
		assertThat(activity).hasToString("3 commands, 0 failed, 0 retries, 3 ms, longest 1 ms: 2 GET, 1 SET");
	}

	@Test
	void recordsNothingBeforeAndAfter() {
		this.foo.send(Command.GET, "a");
		RedisActivity activity = RedisActivity.record(() -> this.foo.send(Command.GET, "a"));
		this.foo.send(Command.GET, "a");
		assertThat(activity.commands()).isOne();
		assertThat(RedisActivity.current()).isEmpty();
	}

	@Test
	void returnsWhatCodeReturned() {
		RedisActivity activity = new RedisActivity();
		int result = activity.call(() -> {
			this.foo.send(Command.GET, "a");
			return 42;
		});
		assertThat(result).isEqualTo(42);
		assertThat(activity.commands()).isOne();
	}

	@Test
	void recordsCodeThatReturnsSomething() {
		assertThat(RedisActivity.record(() -> this.foo.send(Command.GET, "a")).commands()).isOne();
		assertThat(RedisActivity.record(() -> {
			this.foo.send(Command.GET, "a");
			return 42;
		}).commands()).isOne();
		assertThat(RedisActivity.record(this::sendOne).commands()).isOne();
		assertThat(RedisActivity.record(() -> 42).commands()).isZero();
	}

	private int sendOne() {
		this.foo.send(Command.GET, "a");
		return 42;
	}

	@Test
	void keepsWhatCodeDidThatFailed() {
		RedisActivity activity = new RedisActivity();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> activity.run(() -> {
			this.foo.send(Command.GET, "a");
			throw new IOException("broken");
		}));
		assertThat(activity.commands()).isOne();
		assertThat(RedisActivity.current()).isEmpty();
	}

	@Test
	void innerAndOuterActivityBothCount() {
		RedisActivity inner = new RedisActivity();
		RedisActivity outer = RedisActivity.record(() -> {
			this.foo.send(Command.GET, "a");
			inner.run(() -> {
				assertThat(RedisActivity.current()).containsSame(inner);
				this.foo.send(Command.GET, "b");
			});
			this.foo.send(Command.GET, "c");
		});
		assertThat(inner.commands()).isOne();
		assertThat(outer.commands()).isEqualTo(3);
	}

	@Test
	void activityThatIsOpenTwiceCountsOnce() {
		RedisActivity activity = new RedisActivity();
		activity.run(() -> RedisActivity.record(() -> activity.run(() -> this.foo.send(Command.GET, "a"))));
		assertThat(activity.commands()).isOne();
	}

	@Test
	void scopeThatIsClosedTwiceEndsItselfOnly() {
		RedisActivity outer = RedisActivity.record(() -> {
			RedisActivity.Scope inner = new RedisActivity().open();
			inner.close();
			inner.close();
			this.foo.send(Command.GET, "a");
		});
		assertThat(outer.commands()).isOne();
	}

	@Test
	void scopeThatIsClosedEndsThoseThatWereLeftOpenInside() {
		RedisActivity inner = new RedisActivity();
		RedisActivity outer = RedisActivity.record(() -> {
			inner.open();
			this.foo.send(Command.GET, "a");
		});
		assertThat(RedisActivity.current()).isEmpty();
		this.foo.send(Command.GET, "b");
		assertThat(inner.commands()).isOne();
		assertThat(outer.commands()).isOne();
	}

	@Test
	void tellsClientsApart() {
		RedisActivity activity = RedisActivity.record(() -> {
			this.foo.send(Command.GET, "a");
			this.foo.send(Command.GET, "a");
			this.bar.send(Command.GET, "a");
		});
		assertThat(activity.commands("GET")).isEqualTo(3);
		assertThat(activity.byCommand().get("GET").total()).hasMillis(3);
		assertThat(activity.client("foo").commands("GET")).isEqualTo(2);
		assertThat(activity.client("bar").commands("GET")).isOne();
		assertThat(activity.client("baz").commands()).isZero();
		// The same key of another client is another key.
		assertThat(activity.repeatedReads()).isOne();
		assertThat(activity.client("bar").repeatedReads()).isZero();
	}

	@Test
	void viewOfClientFollowsItsActivity() {
		RedisActivity activity = new RedisActivity();
		RedisActivity view = activity.client("foo");
		activity.run(() -> this.foo.send(Command.GET, "a"));
		assertThat(view.commands()).isOne();
		view.run(() -> {
			this.foo.send(Command.GET, "a");
			this.bar.send(Command.GET, "a");
		});
		assertThat(activity.commands()).isEqualTo(2);
	}

	@Test
	void viewThatIsOpenInsideOfItsActivityCountsOnce() {
		RedisActivity activity = new RedisActivity();
		activity.run(() -> activity.client("foo").run(() -> this.foo.send(Command.GET, "a")));
		assertThat(activity.commands()).isOne();
	}

	@Test
	void pipelineIsOneCommandWhoseCommandsAreVisible() {
		RedisActivity activity = RedisActivity
			.record(() -> this.foo.send(new PipelineCommand("", List.of(RecordedClient.command(Command.GET, "a"),
					RecordedClient.command(Command.GET, "a"), RecordedClient.command(Command.SET, "b")))));
		assertThat(activity.commands()).isOne();
		assertThat(activity.commands("PIPELINE")).isOne();
		assertThat(activity.commands("GET")).isZero();
		assertThat(activity.pipelined("GET")).isEqualTo(2);
		assertThat(activity.byCommand()).containsOnlyKeys("PIPELINE", "GET", "SET");
		assertThat(activity.repeatedReads()).isOne();
	}

	@Test
	void transactionIsOneCommandWhoseCommandsAreVisible() {
		RedisActivity activity = RedisActivity.record(() -> this.foo
			.send(new TransactionCommand(List.of(RecordedClient.command(Command.INCR, "a")), 1, null)));
		assertThat(activity.commands()).isOne();
		assertThat(activity.commands("MULTI")).isOne();
		assertThat(activity.pipelined("INCR")).isOne();
	}

	@Test
	void countsFailures() {
		RecordedClient broken = new RecordedClient("foo", (command) -> {
			throw new IllegalStateException("broken");
		});
		RedisActivity activity = RedisActivity
			.record(() -> assertThatIllegalStateException().isThrownBy(() -> broken.send(Command.GET, "a")));
		assertThat(activity.commands()).isOne();
		assertThat(activity.failures()).isOne();
		assertThat(activity.byCommand().get("GET").failures()).isOne();
	}

	@Test
	void countsPipelineOfWhichOneCommandFailedAsFailure() {
		RecordedClient broken = new RecordedClient("foo", (command) -> List.of("hello", new IllegalStateException()));
		RedisActivity activity = RedisActivity.record(() -> broken.send(new PipelineCommand("",
				List.of(RecordedClient.command(Command.GET, "a"), RecordedClient.command(Command.GET, "b")))));
		assertThat(activity.commands()).isOne();
		assertThat(activity.failures()).isOne();
	}

	@Test
	void countsRetries() {
		RecordedClient slow = new RecordedClient("foo", (command) -> {
			CallRecord.retried();
			CallRecord.retried();
			return "hello";
		});
		RedisActivity activity = RedisActivity.record(() -> slow.send(Command.GET, "a"));
		assertThat(activity.commands()).isOne();
		assertThat(activity.failures()).isZero();
		assertThat(activity.retries()).isEqualTo(2);
	}

	@Test
	void findsKeysThatAreReadAgain() {
		RedisActivity activity = RedisActivity.record(() -> {
			this.foo.send(Command.MGET, "a", "b", "c");
			this.foo.send(Command.GET, "b");
			this.foo.send(Command.HGETALL, "b");
			this.foo.send(Command.EXISTS, "c");
		});
		assertThat(activity.repeatedKeys()).isEqualTo(2);
		assertThat(activity.repeatedReads()).isEqualTo(3);
	}

	@Test
	void readAfterOwnWriteIsNoRepetition() {
		RedisActivity activity = RedisActivity.record(() -> {
			this.foo.send(Command.GET, "a");
			this.foo.send(Command.INCR, "a");
			this.foo.send(Command.GET, "a");
		});
		assertThat(activity.repeatedReads()).isZero();
	}

	@Test
	void pagesOfScanAndPollsAreNoRepetitions() {
		RedisActivity activity = RedisActivity.record(() -> {
			this.foo.send(Command.HSCAN, "a");
			this.foo.send(Command.HSCAN, "a");
			this.foo.send(Command.XREAD, "s");
			this.foo.send(Command.XREAD, "s");
		});
		assertThat(activity.repeatedReads()).isZero();
	}

	@Test
	void readThatFailedIsNoRead() {
		RecordedClient broken = new RecordedClient("foo", (command) -> {
			throw new IllegalStateException("broken");
		});
		RedisActivity activity = RedisActivity.record(() -> {
			assertThatIllegalStateException().isThrownBy(() -> broken.send(Command.GET, "a"));
			this.foo.send(Command.GET, "a");
		});
		assertThat(activity.repeatedReads()).isZero();
	}

	@Test
	void namesThatRedisRefusesCountAsOther() {
		RecordedClient broken = new RecordedClient("foo", (command) -> {
			throw new IllegalStateException("ERR unknown command");
		});
		RedisActivity activity = RedisActivity.record(() -> IntStream.range(0, 1_000)
			.forEach((i) -> assertThatIllegalStateException()
				.isThrownBy(() -> broken.send(RecordedClient.command(() -> ("INVENTED" + i).getBytes())))));
		assertThat(activity.byCommand()).containsOnlyKeys("OTHER");
		assertThat(activity.commands("OTHER")).isEqualTo(1_000);
	}

	@Test
	void remediesNameWhatWasSentOneByOne() {
		RedisActivity activity = RedisActivity.record(() -> {
			IntStream.range(0, 41).forEach((i) -> this.foo.send(Command.GET, "cart:" + i));
			IntStream.range(0, 7).forEach((i) -> this.foo.send(Command.GET, "cart:" + i));
			IntStream.range(0, 5).forEach((i) -> this.foo.send(Command.LRANGE, "list:" + i));
			this.foo.send(Command.KEYS);
		});
		assertThat(activity.remedies()).containsExactly("48 GETs one by one: use multiGet or executePipelined",
				"5 LRANGEs one by one: use executePipelined",
				"KEYS looks at every key of a server while all others wait: use scan", "7 keys were read twice");
		assertThat(activity.remedies("CartController.show"))
			.startsWith("48 GETs one by one in CartController.show: use multiGet or executePipelined");
	}

	@Test
	void remediesKeepNamesReadable() {
		RecordedClient broken = new RecordedClient("foo", (command) -> {
			throw new IllegalStateException("ERR unknown command");
		});
		RedisActivity activity = RedisActivity.record(() -> IntStream.range(0, 9).forEach((i) -> {
			this.foo.send(Command.EXISTS, "a" + i);
			assertThatIllegalStateException()
				.isThrownBy(() -> broken.send(RecordedClient.command(() -> "INVENTED".getBytes())));
		}));
		assertThat(activity.remedies())
			.containsExactly("9 EXISTS one by one: use countExistingKeys or executePipelined");
	}

	@Test
	void remediesCountReadsThatAreTooMany() {
		RedisActivity activity = RedisActivity
			.record(() -> IntStream.range(0, 4).forEach((i) -> this.foo.send(Command.GET, "a")));
		assertThat(activity.remedies()).containsExactly("1 key was read more than once, 3 reads too many");
	}

	@Test
	void pipelinesNeedNoRemedy() {
		RedisActivity activity = RedisActivity.record(() -> IntStream.range(0, 10)
			.forEach((i) -> this.foo
				.send(new PipelineCommand("", List.of(RecordedClient.command(Command.GET, "a" + i))))));
		assertThat(activity.remedies()).isEmpty();
	}

	@Test
	void otherThreadsCountWhatIsPropagatedToThem() throws Exception {
		RedisActivity inner = new RedisActivity();
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			RedisActivity outer = RedisActivity.record(() -> inner.run(() -> {
				Callable<Integer> task = RedisActivity.propagate(() -> {
					this.foo.send(Command.GET, "a");
					return 42;
				});
				assertThat(executor.submit(task).get()).isEqualTo(42);
				executor.submit(RedisActivity.propagate((Runnable) () -> this.foo.send(Command.GET, "b"))).get();
				executor.submit(() -> this.foo.send(Command.GET, "c")).get();
			}));
			assertThat(inner.commands()).isEqualTo(2);
			assertThat(outer.commands()).isEqualTo(2);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void countsExactlyWhileThreadsRace() throws Exception {
		long seed = new Random().nextLong();
		int threads = 8;
		List<List<Step>> plans = IntStream.range(0, threads)
			.mapToObj((thread) -> plan(new Random(seed + thread)))
			.toList();
		List<Step> steps = plans.stream().flatMap(List::stream).toList();
		CyclicBarrier start = new CyclicBarrier(threads);
		RedisActivity inner = new RedisActivity();
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			RedisActivity activity = RedisActivity.record(() -> {
				List<Callable<Void>> tasks = plans.stream()
					.map((plan) -> RedisActivity.propagate((Callable<Void>) () -> {
						start.await();
						plan.forEach((step) -> step.take(inner));
						return null;
					}))
					.toList();
				for (Future<Void> future : executor.invokeAll(tasks)) {
					future.get();
				}
			});
			assertThat(activity.commands()).as("seed %s", seed).isEqualTo(steps.size());
			assertThat(activity.failures()).as("seed %s", seed).isZero();
			assertThat(inner.commands()).as("seed %s", seed).isEqualTo(steps.stream().filter(Step::inner).count());
			for (RecordedClient client : List.of(this.foo, this.bar)) {
				List<Step> own = steps.stream().filter((step) -> step.client() == client).toList();
				RedisActivity seen = activity.client(client.name());
				assertThat(seen.commands()).as("%s, seed %s", client.name(), seed).isEqualTo(own.size());
				assertThat(client.activity().commands()).as("%s, seed %s", client.name(), seed).isEqualTo(own.size());
				Map<String, Long> byName = own.stream()
					.collect(Collectors.groupingBy((step) -> step.command().name(), Collectors.counting()));
				byName.forEach((name, count) -> assertThat(seen.commands(name)).as("%s, seed %s", name, seed)
					.isEqualTo(count));
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	private List<Step> plan(Random random) {
		List<Command> commands = List.of(Command.GET, Command.SET, Command.HGETALL, Command.DEL);
		return IntStream.range(0, 10_000)
			.mapToObj((i) -> new Step(random.nextBoolean() ? this.foo : this.bar,
					commands.get(random.nextInt(commands.size())), "key:" + random.nextInt(100),
					random.nextInt(4) == 0))
			.toList();
	}

	@Test
	void canBeReadWhileThreadsCount() {
		RedisActivity activity = new RedisActivity();
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> activity
			.run(() -> IntStream.range(0, 5_000).forEach((i) -> this.foo.send(Command.GET, "a" + i))));
		long last = 0;
		while (!writer.isDone()) {
			long commands = activity.byCommand().getOrDefault("GET", CommandActivity.NONE).count();
			assertThat(commands).isGreaterThanOrEqualTo(last);
			last = commands;
		}
		writer.join();
		assertThat(activity.commands("GET")).isEqualTo(5_000);
	}

	private record Step(RecordedClient client, Command command, String key, boolean inner) {

		void take(RedisActivity activity) {
			if (this.inner) {
				activity.run(() -> this.client.send(this.command, this.key));
			}
			else {
				this.client.send(this.command, this.key);
			}
		}

	}

}
