package io.github.hotplate.activity;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.hotplate.execution.CallRecord;

/**
 * What some code, or a request, did to Redis: every command of every client, whichever
 * API it came by. Counts while it is open on a thread; activities nest, and a command
 * counts for all that are open. Commands that a client sends on its own behalf do not
 * count. Thread-safe, and readable at any time.
 *
 * <pre class="code">
 * RedisActivity activity = RedisActivity.record(() -&gt; carts.show(42));
 * activity.commands("GET");
 * </pre>
 *
 * @since 0.1.0
 */
public final class RedisActivity {

	private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

	private final Map<String, ClientCalls> clients;

	private final @Nullable String onlyClient;

	private final boolean ofRequest;

	/**
	 * Create an activity that has not begun. It adds up all that it is opened for.
	 */
	public RedisActivity() {
		this(new ConcurrentHashMap<>(), null, false);
	}

	private RedisActivity(Map<String, ClientCalls> clients, @Nullable String onlyClient, boolean ofRequest) {
		this.clients = clients;
		this.onlyClient = onlyClient;
		this.ofRequest = ofRequest;
	}

	static RedisActivity ofRequest() {
		return new RedisActivity(new ConcurrentHashMap<>(), null, true);
	}

	/**
	 * Record what code does to Redis on the current thread.
	 * @param <E> the type of the exceptions of the code
	 * @param code the code
	 * @return what it did
	 * @throws E if the code did
	 */
	public static <E extends Exception> RedisActivity record(Code<E> code) throws E {
		RedisActivity activity = new RedisActivity();
		activity.run(code);
		return activity;
	}

	/**
	 * Record what code that returns something does to Redis on the current thread. To get
	 * what it returns, {@link #call(ReturningCode) call} it.
	 * @param <T> the type of what it returns
	 * @param <E> the type of the exceptions of the code
	 * @param code the code
	 * @return what it did
	 * @throws E if the code did
	 */
	public static <T extends @Nullable Object, E extends Exception> RedisActivity record(ReturningCode<T, E> code)
			throws E {
		RedisActivity activity = new RedisActivity();
		activity.call(code);
		return activity;
	}

	/**
	 * Run code, and add what it does to Redis on the current thread.
	 * @param <E> the type of the exceptions of the code
	 * @param code the code
	 * @throws E if the code did
	 */
	public <E extends Exception> void run(Code<E> code) throws E {
		try (Scope ignored = open()) {
			code.run();
		}
	}

	/**
	 * Run code that returns something, and add what it does to Redis on the current
	 * thread.
	 * @param <T> the type of what it returns
	 * @param <E> the type of the exceptions of the code
	 * @param code the code
	 * @return what the code returned
	 * @throws E if the code did
	 */
	public <T extends @Nullable Object, E extends Exception> T call(ReturningCode<T, E> code) throws E {
		try (Scope ignored = open()) {
			return code.run();
		}
	}

	/**
	 * Count the commands of the current thread from now on.
	 * @return what ends that, to be closed by the same thread
	 */
	public Scope open() {
		Scope scope = new Scope(this, CURRENT.get());
		CURRENT.set(scope);
		return scope;
	}

	/**
	 * Return the activity that was opened last on the current thread.
	 * @return the activity, if there is one
	 */
	public static Optional<RedisActivity> current() {
		Scope scope = CURRENT.get();
		return (scope != null) ? Optional.of(scope.activity) : Optional.empty();
	}

	/**
	 * Have what runs on another thread count for the activities and the request of the
	 * current one. Nothing is needed where Micrometer propagates the context, as by
	 * {@code spring.task.execution.propagate-context}.
	 * @param task the task for the other thread
	 * @return the task to hand over
	 */
	public static Runnable propagate(Runnable task) {
		Scope scope = Scope.toHandOn();
		return () -> {
			Scope former = Scope.exchange(scope);
			try {
				task.run();
			}
			finally {
				Scope.exchange(former);
			}
		};
	}

	/**
	 * Have what runs on another thread count for the activities and the request of the
	 * current one.
	 * @param <T> the type of the result
	 * @param task the task for the other thread
	 * @return the task to hand over
	 * @see #propagate(Runnable)
	 */
	public static <T extends @Nullable Object> Callable<T> propagate(Callable<T> task) {
		Scope scope = Scope.toHandOn();
		return () -> {
			Scope former = Scope.exchange(scope);
			try {
				return task.call();
			}
			finally {
				Scope.exchange(former);
			}
		};
	}

	void add(String client, CallRecord call) {
		if (this.onlyClient != null && !this.onlyClient.equals(client)) {
			return;
		}
		ClientCalls calls = this.clients.get(client);
		if (calls == null) {
			calls = this.clients.computeIfAbsent(client, (name) -> new ClientCalls(CommandLabels.SHARED));
		}
		calls.add(call);
	}

	/**
	 * Return how many commands have been sent. A pipeline counts as one, and so does a
	 * transaction, or a command that is split over several nodes.
	 * @return the number of completed commands, including failed ones
	 */
	public long commands() {
		return sum(ClientCalls::commands);
	}

	/**
	 * Return how many commands of a name have been sent one by one.
	 * @param name the name, such as {@code GET} or {@code CONFIG GET}, in any case
	 * @return the number of commands, without those inside of pipelines
	 */
	public long commands(String name) {
		return of(name).count();
	}

	/**
	 * Return how many commands of a name have been sent inside of pipelines and
	 * transactions.
	 * @param name the name, such as {@code GET}, in any case
	 * @return the number of commands
	 */
	public long pipelined(String name) {
		return of(name).pipelined();
	}

	private CommandActivity of(String name) {
		return byCommand().entrySet()
			.stream()
			.filter((entry) -> entry.getKey().equalsIgnoreCase(name))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(CommandActivity.NONE);
	}

	/**
	 * Return what came of the commands of each name. A pipeline is {@code PIPELINE}, a
	 * transaction {@code MULTI}; the commands inside count as
	 * {@link CommandActivity#pipelined() pipelined} under their own names. Names that
	 * Redis does not know count as {@code OTHER}.
	 * @return the commands, the most frequent first
	 */
	public Map<String, CommandActivity> byCommand() {
		Map<String, CommandActivity> all = new HashMap<>();
		calls().forEach((calls) -> calls.byCommand()
			.forEach((name, activity) -> all.merge(name, activity, CommandActivity::plus)));
		Comparator<Map.Entry<String, CommandActivity>> order = Comparator
			.comparing((entry) -> -(entry.getValue().count() + entry.getValue().pipelined()));
		Map<String, CommandActivity> sorted = new LinkedHashMap<>();
		all.entrySet()
			.stream()
			.sorted(order.thenComparing(Map.Entry.comparingByKey()))
			.forEach((entry) -> sorted.put(entry.getKey(), entry.getValue()));
		return Collections.unmodifiableMap(sorted);
	}

	/**
	 * Return how many commands failed.
	 * @return the number of commands that ended in an exception, retries excluded
	 */
	public long failures() {
		return sum(ClientCalls::failures);
	}

	/**
	 * Return how often commands were sent again.
	 * @return the number of retries
	 */
	public long retries() {
		return sum(ClientCalls::retries);
	}

	/**
	 * Return how long the commands took.
	 * @return the time of all together, also of those that ran at the same time
	 */
	public Duration time() {
		return Duration.ofNanos(sum(ClientCalls::nanos));
	}

	/**
	 * Return how long the slowest command took.
	 * @return the time, zero if there was none
	 */
	public Duration longest() {
		return Duration.ofNanos(calls().stream().mapToLong(ClientCalls::longestNanos).max().orElse(0));
	}

	/**
	 * Return how many reads were of a key that had already been read, and had not been
	 * written since by this activity. Those of {@code MGET} and of pipelines count; pages
	 * of a scan and blocking reads do not. The first 256 keys of each client are watched,
	 * so with more keys it may be more.
	 * @return the number of reads that were not the first of their key
	 */
	public long repeatedReads() {
		return sum(ClientCalls::repeatedReads);
	}

	/**
	 * Return how many keys were read more than once, as {@link #repeatedReads()} counts.
	 * @return the number of different keys
	 */
	public long repeatedKeys() {
		return sum(ClientCalls::repeatedKeys);
	}

	/**
	 * Return what would make this activity cheaper, such as "41 GETs one by one: use
	 * multiGet or executePipelined".
	 * @return a sentence for each finding, the costliest first; empty if there is none
	 */
	public List<String> remedies() {
		return remedies("");
	}

	/**
	 * Return what would make this activity cheaper.
	 * @param where the code that is to be changed, such as {@code CartController.show}
	 * @return the sentences, which name the code
	 */
	public List<String> remedies(String where) {
		return Remedies.of(byCommand(), repeatedKeys(), repeatedReads(), where);
	}

	/**
	 * Return the part of this activity that concerns one client.
	 * @param client the name of the client, such as {@code foo}
	 * @return a view, empty while the client has sent nothing
	 */
	public RedisActivity client(String client) {
		Assert.isTrue(this.onlyClient == null || this.onlyClient.equals(client),
				() -> "This is the activity of client '" + this.onlyClient + "' only");
		return new RedisActivity(this.clients, client, this.ofRequest);
	}

	/**
	 * Return which clients have sent commands.
	 * @return the names of the clients, in alphabetical order
	 */
	public List<String> clients() {
		return this.clients.keySet()
			.stream()
			.filter((client) -> this.onlyClient == null || this.onlyClient.equals(client))
			.sorted()
			.toList();
	}

	private Collection<ClientCalls> calls() {
		if (this.onlyClient == null) {
			return this.clients.values();
		}
		ClientCalls calls = this.clients.get(this.onlyClient);
		return (calls != null) ? List.of(calls) : List.of();
	}

	private long sum(ToLongFunction<ClientCalls> part) {
		return calls().stream().mapToLong(part).sum();
	}

	private boolean includes(RedisActivity other) {
		return this.clients == other.clients && (this.onlyClient == null || this.onlyClient.equals(other.onlyClient));
	}

	@Override
	public String toString() {
		String names = byCommand().entrySet()
			.stream()
			.map((entry) -> (entry.getValue().count() + entry.getValue().pipelined()) + " " + entry.getKey())
			.collect(Collectors.joining(", "));
		return commands() + " commands, " + failures() + " failed, " + retries() + " retries, " + time().toMillis()
				+ " ms, longest " + longest().toMillis() + " ms" + (names.isEmpty() ? "" : ": " + names);
	}

	/**
	 * Code that may fail.
	 *
	 * @param <E> the type of its exceptions
	 */
	@FunctionalInterface
	public interface Code<E extends Exception> {

		/**
		 * Run the code.
		 * @throws E if it fails
		 */
		void run() throws E;

	}

	/**
	 * Code that returns something, and may fail.
	 *
	 * @param <T> the type of what it returns
	 * @param <E> the type of its exceptions
	 */
	@FunctionalInterface
	public interface ReturningCode<T extends @Nullable Object, E extends Exception> {

		/**
		 * Run the code.
		 * @return what it returns
		 * @throws E if it fails
		 */
		T run() throws E;

	}

	/**
	 * An activity that is open on a thread. It does not change, so that other threads can
	 * be given it.
	 */
	public static final class Scope implements AutoCloseable {

		private final RedisActivity activity;

		private final @Nullable Scope outer;

		private final boolean repeated;

		Scope(RedisActivity activity, @Nullable Scope outer) {
			this.activity = activity;
			this.outer = outer;
			this.repeated = contains(outer, activity);
		}

		private static boolean contains(@Nullable Scope scope, RedisActivity activity) {
			for (Scope next = scope; next != null; next = next.outer) {
				if (next.activity.includes(activity)) {
					return true;
				}
			}
			return false;
		}

		static @Nullable Scope current() {
			return CURRENT.get();
		}

		/**
		 * Return what other threads that work for the current one should have open.
		 * @return the innermost activity, or {@code null} if there is none
		 */
		static @Nullable Scope toHandOn() {
			Scope open = CURRENT.get();
			if (open != null && open.request() != null) {
				return open;
			}
			// A thread that has inherited a request hands it on as well.
			return (RequestContext.find(RequestContext.ACTIVITY) instanceof RedisActivity request)
					? new Scope(request, open) : open;
		}

		static @Nullable Scope exchange(@Nullable Scope scope) {
			Scope former = CURRENT.get();
			if (scope != null) {
				CURRENT.set(scope);
			}
			else {
				CURRENT.remove();
			}
			return former;
		}

		@Nullable RedisActivity request() {
			for (Scope next = this; next != null; next = next.outer) {
				if (next.activity.ofRequest) {
					return next.activity;
				}
			}
			return null;
		}

		void add(String client, CallRecord call) {
			for (Scope next = this; next != null; next = next.outer) {
				if (!next.repeated) {
					next.activity.add(client, call);
				}
			}
		}

		/**
		 * Count no more, unless that has already been ended. Ends what was opened since
		 * and not closed as well.
		 */
		@Override
		public void close() {
			for (Scope next = CURRENT.get(); next != null; next = next.outer) {
				if (next == this) {
					exchange(this.outer);
					return;
				}
			}
		}

	}

}
