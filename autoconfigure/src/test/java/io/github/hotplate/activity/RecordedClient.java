package io.github.hotplate.activity;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.support.MonitoringFailures;

/**
 * A client whose calls are recorded, on a server that answers as told. Every call takes a
 * millisecond.
 */
final class RecordedClient {

	private final AtomicLong nanos = new AtomicLong();

	private final String name;

	private final ClientActivity activity;

	private final CommandExecutorChain executor;

	RecordedClient(String name) {
		this(name, (command) -> null);
	}

	RecordedClient(String name, Function<CommandObject<?>, @Nullable Object> server) {
		this(name, new ClientActivity(name, true), server);
	}

	RecordedClient(String name, ClientActivity activity, Function<CommandObject<?>, @Nullable Object> server) {
		this.name = name;
		this.activity = activity;
		RecordingAdvice advice = new RecordingAdvice(() -> null, List.of(this.activity), new MonitoringFailures(),
				this.nanos::get);
		this.executor = new CommandExecutorChain(new Server(server, this.nanos), List.of(advice));
	}

	String name() {
		return this.name;
	}

	ClientActivity activity() {
		return this.activity;
	}

	void send(Command command, String... keys) {
		send(command(command, keys));
	}

	void send(CommandObject<?> command) {
		this.executor.executeCommand(command);
	}

	static CommandObject<Object> command(ProtocolCommand command, String... keys) {
		CommandArguments arguments = new CommandArguments(command);
		for (String key : keys) {
			arguments.key(key);
		}
		return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
	}

	private record Server(Function<CommandObject<?>, @Nullable Object> replies,
			AtomicLong nanos) implements CommandExecutor {

		@Override
		@SuppressWarnings("unchecked")
		public <T> T executeCommand(CommandObject<T> command) {
			this.nanos.addAndGet(1_000_000);
			return (T) this.replies.apply(command);
		}

		@Override
		public void close() {
		}

	}

}
