package io.github.hotplate.connection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.core.Cursor;
import redis.clients.jedis.Builder;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.executors.CommandExecutor;

/**
 * A pipeline of Spring Data Redis' methods. Each method runs twice on a connection whose
 * executor is this class: when it is called, to learn which command it sends, and once
 * the reply is there, to convert it. Spring's own pipelines make a proxy of Jedis' whole
 * interface for each command, which costs more than all else together, and cannot take
 * the commands for which Jedis' pipelines have no method. Not thread-safe.
 */
final class RecordedPipeline implements CommandExecutor {

	/**
	 * What stands for a reply that is not there yet, where the method unboxes it.
	 */
	private static final Map<Builder<?>, Object> NEUTRAL = Map.of(BuilderFactory.LONG, 0L, BuilderFactory.BOOLEAN,
			false, BuilderFactory.DOUBLE, 0.0);

	private final QueuedCommands commands;

	private final RedisConnection connection;

	private final Map<Class<?>, Object> recorders = new IdentityHashMap<>();

	private final List<Call> calls = new ArrayList<>();

	/**
	 * What the method that is being recorded sends, as far as is known.
	 */
	private @Nullable CommandObject<?> sent;

	/**
	 * The reply for the method that is being repeated, until it has taken it.
	 */
	private @Nullable Reply reply;

	/**
	 * Open a pipeline.
	 * @param executor runs the pipeline
	 * @param connections makes a connection whose commands pass the given executor
	 */
	RecordedPipeline(CommandExecutor executor, Function<CommandExecutor, RedisConnection> connections) {
		this.commands = new QueuedCommands(executor);
		this.connection = connections.apply(this);
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
		return type.cast(this.recorders.computeIfAbsent(type, (key) -> {
			T target = group.apply(this.connection);
			return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
					(proxy, method, arguments) -> record(method, target, arguments));
		}));
	}

	private @Nullable Object record(Method method, Object target, Object[] arguments) throws Throwable {
		if (Cursor.class.isAssignableFrom(method.getReturnType())) {
			throw new InvalidDataAccessApiUsageException(method.getName().toUpperCase(Locale.ROOT)
					+ " cannot be pipelined: a cursor asks for one page after the other. Call it on its own");
		}
		return record(new Call(() -> invoke(method, target, arguments), method.getReturnType() == void.class));
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
	@SuppressWarnings("unchecked")
	<T> @Nullable T record(Function<RedisConnection, T> method) {
		try {
			return (T) record(new Call(() -> method.apply(this.connection), false));
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private @Nullable Object record(Call call) throws Throwable {
		this.sent = null;
		Object result = null;
		try {
			result = call.method().invoke();
		}
		catch (RuntimeException ex) {
			// Once the command is known, it is only the missing reply that is amiss.
			if (this.sent == null) {
				throw ex;
			}
		}
		if (this.sent == null) {
			return result;
		}
		this.commands.add(this.sent);
		this.calls.add(call);
		return null;
	}

	@Override
	public <T> @Nullable T executeCommand(CommandObject<T> command) {
		return (this.reply != null) ? this.reply.take(command) : note(command);
	}

	@SuppressWarnings("unchecked")
	private <T> @Nullable T note(CommandObject<T> command) {
		if (this.sent != null) {
			this.sent = null;
			throw severalCommands();
		}
		this.sent = command;
		return (T) NEUTRAL.get(command.getBuilder());
	}

	/**
	 * Send the commands.
	 * @return one element a command but those whose method returns nothing, in their
	 * order: the result, converted as that of the method
	 * @throws RedisPipelineException if commands failed; it has the results, with an
	 * exception for each command that failed
	 */
	@NullUnmarked
	List<Object> send() {
		List<Object> replies = this.commands.send();
		List<Object> results = new ArrayList<>(replies.size());
		DataAccessException failure = null;
		for (int i = 0; i < replies.size(); i++) {
			Call call = this.calls.get(i);
			try {
				Object result = repeat(call, replies.get(i));
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

	private @Nullable Object repeat(Call call, @Nullable Object received) {
		this.reply = new Reply(received);
		try {
			return call.method().invoke();
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			this.reply = null;
		}
	}

	@Override
	public void close() {
		// Belongs to the client.
	}

	private static InvalidDataAccessApiUsageException severalCommands() {
		return new InvalidDataAccessApiUsageException(
				"A method that sends several commands cannot be pipelined. Call it on its own");
	}

	/**
	 * A method that can be called again.
	 *
	 * @param method calls it
	 * @param silent whether it returns nothing, and so has no place among the results
	 */
	private record Call(Invocation method, boolean silent) {

	}

	@FunctionalInterface
	private interface Invocation {

		@Nullable Object invoke() throws Throwable;

	}

	/**
	 * A reply that can be taken once.
	 */
	private static final class Reply {

		private final @Nullable Object received;

		private boolean taken;

		Reply(@Nullable Object received) {
			this.received = received;
		}

		<T> @Nullable T take(CommandObject<T> command) {
			if (this.taken) {
				throw severalCommands();
			}
			this.taken = true;
			if (this.received instanceof RuntimeException failure) {
				throw failure;
			}
			return command.getBuilder().build(this.received);
		}

	}

}
