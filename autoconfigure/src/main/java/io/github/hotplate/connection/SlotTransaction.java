package io.github.hotplate.connection;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.json.JsonObjectMapper;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.ConnectionBoundCommand;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.KeySpecs;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.command.WatchCommand;
import io.github.hotplate.execution.ConnectionSource;
import io.github.hotplate.execution.CrossSlotException;

/**
 * A transaction on the keys of one slot. Commands are collected and sent with {@code
 * EXEC}, so a second slot is rejected before anything is sent. Only {@code WATCH} makes
 * the transaction hold a connection. Not thread-safe.
 */
final class SlotTransaction extends AbstractTransaction {

	private final CommandExecutor executor;

	private final KeySpecs keySpecs;

	private final KeySlots slots;

	private final List<CommandObject<?>> commands = new ArrayList<>();

	private final List<ReplyResponse<?>> responses = new ArrayList<>();

	private boolean queueing;

	private @Nullable Object firstKey;

	private @Nullable Connection watching;

	SlotTransaction(CommandObjects commandObjects, CommandExecutor executor, ConnectionSource connections,
			KeySpecs keySpecs) {
		super(commandObjects);
		this.executor = executor;
		this.keySpecs = keySpecs;
		this.slots = connections.keySlots();
	}

	@Override
	public void setJsonObjectMapper(JsonObjectMapper jsonObjectMapper) {
		throw SharedSettings.refuse();
	}

	@Override
	public void multi() {
		this.queueing = true;
	}

	@Override
	public String watch(String... keys) {
		return watch(new CommandArguments(Command.WATCH).keys((Object[]) keys));
	}

	@Override
	public String watch(byte[]... keys) {
		return watch(new CommandArguments(Command.WATCH).keys((Object[]) keys));
	}

	private String watch(CommandArguments arguments) {
		if (arguments.size() == 1) {
			throw new InvalidDataAccessApiUsageException("WATCH needs at least one key");
		}
		Object former = this.firstKey;
		try {
			bindToSlot(CommandSpecs.of(arguments), arguments);
			return send(arguments);
		}
		catch (RuntimeException ex) {
			// Keys that are not watched bind the transaction to no slot.
			this.firstKey = former;
			throw ex;
		}
	}

	private String send(CommandArguments arguments) {
		if (this.watching != null) {
			// Another connection would lose the keys that are already watched.
			return onWatching(new CommandObject<>(arguments, BuilderFactory.STRING));
		}
		this.watching = this.executor.executeCommand(new WatchCommand(arguments, slot()));
		return "OK";
	}

	@Override
	public String unwatch() {
		if (this.watching == null) {
			return "OK";
		}
		try {
			String reply = onWatching(
					new CommandObject<>(new CommandArguments(Command.UNWATCH), BuilderFactory.STRING));
			giveBack();
			return reply;
		}
		finally {
			giveUp();
			this.firstKey = null;
		}
	}

	@Override
	protected <T> Response<T> appendCommand(CommandObject<T> unmarked) {
		CommandObject<T> command = this.keySpecs.mark(unmarked);
		CommandSpec spec = CommandSpecs.of(command.getArguments());
		spec.checkShareable();
		spec.checkFindsKeys(command.getArguments(), this.slots);
		ReplyResponse<T> response = new ReplyResponse<>(command);
		if (this.queueing) {
			if (spec.choosesNodes(this.slots)) {
				throw QueueRefusal.TRANSACTION.of(spec.name());
			}
			bindToSlot(spec, command.getArguments());
			this.commands.add(command);
			this.responses.add(response);
		}
		else {
			response.set(now(command, spec));
		}
		return response;
	}

	private Object now(CommandObject<?> command, CommandSpec spec) {
		CommandObject<Object> raw = new CommandObject<>(command.getArguments(), BuilderFactory.RAW_OBJECT);
		try {
			return isForWatchedNode(command, spec) ? onWatching(raw) : this.executor.executeCommand(raw);
		}
		catch (JedisDataException ex) {
			return ex;
		}
	}

	private boolean isForWatchedNode(CommandObject<?> command, CommandSpec spec) {
		return !spec.choosesNodes(this.slots) && CommandKeys.of(spec, command.getArguments())
			.stream()
			.allMatch((key) -> this.slots.slot(key) == slot());
	}

	private <T> T onWatching(CommandObject<T> command) {
		Connection connection = this.watching;
		return this.executor
			.executeCommand((connection != null) ? new ConnectionBoundCommand<>(command, connection) : command);
	}

	@Override
	public @Nullable List<Object> exec() {
		if (!this.queueing) {
			throw new IllegalStateException("EXEC without MULTI. Call multi() first");
		}
		try {
			TransactionCommand transaction = new TransactionCommand(this.commands, slot(), this.watching);
			List<@Nullable Object> replies = this.executor.executeCommand(transaction);
			// EXEC has unwatched all keys.
			giveBack();
			return (replies != null) ? decode(replies) : null;
		}
		finally {
			end();
		}
	}

	private List<Object> decode(List<@Nullable Object> replies) {
		List<Object> results = new ArrayList<>(replies.size());
		for (int i = 0; i < replies.size(); i++) {
			ReplyResponse<?> response = this.responses.get(i);
			response.set(replies.get(i));
			try {
				results.add(response.get());
			}
			catch (JedisDataException ex) {
				results.add(ex);
			}
		}
		return results;
	}

	@Override
	public String discard() {
		try {
			return unwatch();
		}
		finally {
			end();
		}
	}

	@Override
	public void close() {
		discard();
	}

	private void end() {
		this.queueing = false;
		this.commands.clear();
		this.responses.clear();
		this.firstKey = null;
		giveUp();
	}

	private void giveBack() {
		Connection connection = this.watching;
		this.watching = null;
		if (connection != null) {
			connection.close();
		}
	}

	// Keys that are still watched could abort the next transaction on the connection.
	private void giveUp() {
		if (this.watching != null) {
			this.watching.setBroken();
			giveBack();
		}
	}

	private int slot() {
		return (this.firstKey != null) ? this.slots.slot(this.firstKey) : CommandKeys.NO_SLOT;
	}

	// A command that is rejected must not bind the transaction to the slot of its first
	// key.
	private void bindToSlot(CommandSpec spec, CommandArguments arguments) {
		Object first = this.firstKey;
		for (Object key : CommandKeys.of(spec, arguments)) {
			if (first == null) {
				first = key;
			}
			else if (this.slots.slot(key) != this.slots.slot(first)) {
				throw new CrossSlotException("A transaction cannot span slots, but its keys '" + CommandKeys.text(first)
						+ "' and '" + CommandKeys.text(key) + "' hash to different slots. " + this.slots.remedy());
			}
		}
		this.firstKey = first;
	}

}
