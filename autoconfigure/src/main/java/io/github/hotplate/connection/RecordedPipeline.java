package io.github.hotplate.connection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.core.Cursor;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.executors.CommandExecutor;

/**
 * A pipeline of Spring Data Redis' methods. Each method runs twice: when called, on a
 * connection that only records its command, and after the reply has arrived, on a
 * connection that replays it. Spring's own pipelines create a proxy of Jedis' whole
 * interface for each command, which costs more than everything else together, and they
 * cannot take commands that Jedis' pipelines have no method for. Not thread-safe.
 */
final class RecordedPipeline {

	/**
	 * Methods that return nothing, but for which Spring's own pipelines have a result.
	 */
	private static final Set<String> WITH_STATUS = Set.of("pfMerge", "scriptFlush");

	private final QueuedCommands commands;

	private final RecordingExecutor recording = new RecordingExecutor();

	private final ReplayingExecutor replaying = new ReplayingExecutor();

	private final RedisConnection recorder;

	private final RedisConnection replayer;

	private final Map<Class<?>, Object> groups = new IdentityHashMap<>();

	private final List<Call> calls = new ArrayList<>();

	/**
	 * Open a pipeline.
	 * @param executor runs the pipeline
	 * @param connections creates a connection that uses the given executor
	 */
	RecordedPipeline(CommandExecutor executor, Function<CommandExecutor, RedisConnection> connections) {
		this.commands = new QueuedCommands(executor);
		this.recorder = connections.apply(this.recording);
		this.replayer = connections.apply(this.replaying);
	}

	void setName(String name) {
		this.commands.setName(name);
	}

	/**
	 * Return a group of methods that queue their commands and return {@code null}.
	 * @param <T> the type of the group
	 * @param type the interface that declares the methods
	 * @param group finds the group in a connection
	 * @return the methods
	 */
	<T> T recorder(Class<T> type, Function<RedisConnection, T> group) {
		return type.cast(this.groups.computeIfAbsent(type, (key) -> Proxy.newProxyInstance(type.getClassLoader(),
				new Class<?>[] { type }, (proxy, method, arguments) -> record(method, group, arguments))));
	}

	private @Nullable Object record(Method method, Function<RedisConnection, ?> group, Object[] arguments)
			throws Throwable {
		if (Cursor.class.isAssignableFrom(method.getReturnType())) {
			throw new InvalidDataAccessApiUsageException(method.getName().toUpperCase(Locale.ROOT)
					+ " cannot be pipelined: a cursor fetches one page at a time. Call it outside of the "
					+ "pipeline");
		}
		boolean withStatus = WITH_STATUS.contains(method.getName());
		return record(new Call((connection) -> {
			Object result = invoke(method, group.apply(connection), arguments);
			return withStatus ? "OK" : result;
		}, method.getReturnType() == void.class && !withStatus));
	}

	private static @Nullable Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	/**
	 * Queue the command of a method of the connection itself.
	 * @param <T> the type of the result
	 * @param method calls the method
	 * @return {@code null}, or what the method returns without sending a command
	 */
	@SuppressWarnings("unchecked") // The method's own result.
	<T> @Nullable T record(Function<RedisConnection, T> method) {
		try {
			return (T) record(new Call(method::apply, false));
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private @Nullable Object record(Call call) throws Throwable {
		this.recording.take();
		Object result = null;
		try {
			result = call.method().invoke(this.recorder);
		}
		catch (RuntimeException ex) {
			// Methods check their arguments before they send. Any later failure is caused
			// by the missing reply.
			if (!this.recording.hasRecorded()) {
				throw ex;
			}
		}
		CommandObject<?> command = this.recording.take();
		if (command == null) {
			return result;
		}
		this.commands.add(command);
		this.calls.add(call);
		return null;
	}

	/**
	 * Send the commands.
	 * @return one element per command, in their order, without methods that return
	 * nothing: the result, converted like that of the method
	 * @throws RedisPipelineException if commands failed; it holds the results, with an
	 * exception for each failed command
	 */
	@NullUnmarked // Spring's exception is not marked, and some results are null.
	List<Object> send() {
		List<Object> replies = this.commands.send();
		List<Object> results = new ArrayList<>(replies.size());
		DataAccessException failure = null;
		for (int i = 0; i < replies.size(); i++) {
			Call call = this.calls.get(i);
			try {
				Object result = replay(call, replies.get(i));
				if (!call.silent()) {
					results.add(result);
				}
			}
			catch (DataAccessException ex) {
				failure = (failure != null) ? failure : ex;
				results.add(ex);
			}
		}
		if (failure != null) {
			throw new RedisPipelineException(failure, results);
		}
		return results;
	}

	private @Nullable Object replay(Call call, @Nullable Object reply) {
		this.replaying.answer(reply);
		try {
			return call.method().invoke(this.replayer);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A method that can be called again.
	 *
	 * @param method calls it on a connection
	 * @param silent whether it returns nothing and therefore adds no result
	 */
	private record Call(Invocation method, boolean silent) {

	}

	@FunctionalInterface
	private interface Invocation {

		@Nullable Object invoke(RedisConnection connection) throws Throwable;

	}

}
