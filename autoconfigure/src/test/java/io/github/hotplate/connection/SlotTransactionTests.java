package io.github.hotplate.connection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.ConnectionBoundCommand;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.KeySpecs;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.command.WatchCommand;
import io.github.hotplate.execution.ConnectionSource;
import io.github.hotplate.execution.CrossSlotException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willReturn;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link SlotTransaction}.
 */
class SlotTransactionTests {

	private static final String KEY = "{user:1}:a";

	private static final String SAME_SLOT = "{user:1}:b";

	private static final String OTHER_SLOT = "{user:2}:a";

	private static final int SLOT = CommandKeys.slot(KEY);

	private final CommandExecutor executor = mock();

	private final ConnectionSource connections = mock();

	private final Connection connection = mock();

	private SlotTransaction transaction;

	@BeforeEach
	void openTransaction() {
		given(this.connections.keySlots()).willReturn(KeySlots.CLUSTER);
		willReturn(this.connection).given(this.executor).executeCommand(argThat((command) -> isFirstWatch(command)));
		this.transaction = new SlotTransaction(new CommandObjects(), this.executor, this.connections,
				KeySpecs.optional((info) -> List.of()));
	}

	@Test
	void refusesSecondSlotBeforeAnythingIsSent() {
		this.transaction.multi();
		this.transaction.set(KEY, "1");
		assertThatExceptionOfType(CrossSlotException.class).isThrownBy(() -> this.transaction.set(OTHER_SLOT, "2"))
			.withMessage("A transaction cannot span slots, but its keys '" + KEY + "' and '" + OTHER_SLOT
					+ "' hash to different slots. " + KeySlots.CLUSTER.remedy());
		then(this.executor).shouldHaveNoInteractions();
	}

	@Test
	void refusesToWatchSecondSlotBeforeAnythingIsSent() {
		assertThatExceptionOfType(CrossSlotException.class).isThrownBy(() -> this.transaction.watch(KEY, OTHER_SLOT));
		then(this.executor).shouldHaveNoInteractions();
	}

	@Test
	void refusesCommandOnOtherSlotThanWatchedKey() {
		this.transaction.watch(KEY);
		this.transaction.multi();
		assertThatExceptionOfType(CrossSlotException.class).isThrownBy(() -> this.transaction.set(OTHER_SLOT, "2"));
	}

	@Test
	void holdsNoConnectionWithoutWatch() {
		givenReplies(List.of("OK".getBytes(StandardCharsets.UTF_8)));
		this.transaction.multi();
		this.transaction.set(KEY, "1");
		assertThat(this.transaction.exec()).containsExactly("OK");
		TransactionCommand sent = sentTransaction();
		assertThat(sent.getSlot()).isEqualTo(SLOT);
		assertThat(sent.getConnection()).isNull();
	}

	@Test
	void watchHoldsConnectionThatExecGivesBack() {
		givenReplies(List.of(1L));
		this.transaction.watch(KEY);
		this.transaction.watch(SAME_SLOT);
		then(this.executor).should().executeCommand(argThat((command) -> isFirstWatch(command)));
		then(this.connection).should(never()).close();
		this.transaction.multi();
		this.transaction.incr(KEY);
		assertThat(this.transaction.exec()).containsExactly(1L);
		assertThat(sentTransaction().getConnection()).isSameAs(this.connection);
		then(this.connection).should().close();
		then(this.connection).should(never()).setBroken();
	}

	@Test
	void sendsReadsAfterWatchOnHeldConnection() {
		willReturn("1".getBytes(StandardCharsets.UTF_8)).given(this.executor)
			.executeCommand(argThat((command) -> isCommand(command, Command.GET)));
		this.transaction.watch(KEY);
		Response<String> value = this.transaction.get(KEY);
		assertThat(value.get()).isEqualTo("1");
		then(this.executor).should()
			.executeCommand(argThat((command) -> isCommand(command, Command.GET)
					&& command instanceof ConnectionBoundCommand<?> bound && bound.getConnection() == this.connection));
	}

	@Test
	void doesNotReuseConnectionWhenExecIsNeverSent() {
		JedisDataException refusal = new JedisDataException("ERR refused");
		willThrow(refusal).given(this.executor).executeCommand(argThat((command) -> isCommand(command, Command.MULTI)));
		this.transaction.watch(KEY);
		this.transaction.multi();
		this.transaction.incr(KEY);
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(this.transaction::exec).isSameAs(refusal);
		thenConnectionIsBrokenAndClosed();
	}

	@Test
	void doesNotReuseConnectionWhenUnwatchFailsOnClose() {
		willThrow(new JedisDataException("ERR refused")).given(this.executor)
			.executeCommand(argThat((command) -> isCommand(command, Command.UNWATCH)));
		this.transaction.watch(KEY);
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(this.transaction::close);
		thenConnectionIsBrokenAndClosed();
	}

	@Test
	void failedWatchBindsToNoSlot() {
		willThrow(new JedisDataException("ERR refused")).given(this.executor)
			.executeCommand(argThat((command) -> isFirstWatch(command)));
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(() -> this.transaction.watch(KEY));
		this.transaction.multi();
		this.transaction.incr(OTHER_SLOT);
		givenReplies(List.of(1L));
		assertThat(this.transaction.exec()).containsExactly(1L);
		assertThat(sentTransaction().getConnection()).isNull();
	}

	@Test
	void failsOnRedirectionOfSecondWatch() {
		JedisMovedDataException moved = new JedisMovedDataException("MOVED", new HostAndPort("other", 7001), SLOT);
		willThrow(moved).given(this.executor)
			.executeCommand(argThat(
					(command) -> isCommand(command, Command.WATCH) && command instanceof ConnectionBoundCommand<?>));
		this.transaction.watch(KEY);
		assertThatExceptionOfType(JedisMovedDataException.class).isThrownBy(() -> this.transaction.watch(SAME_SLOT))
			.isSameAs(moved);
		then(this.executor).should(times(2)).executeCommand(argThat((command) -> isCommand(command, Command.WATCH)));
	}

	@Test
	void discardWithoutWatchSendsNothing() {
		this.transaction.multi();
		this.transaction.set(KEY, "1");
		assertThat(this.transaction.discard()).isEqualTo("OK");
		then(this.executor).shouldHaveNoInteractions();
		assertThatIllegalStateException().isThrownBy(this.transaction::exec)
			.withMessage("EXEC without MULTI. Call multi() first");
	}

	@Test
	void discardUnwatchesAndGivesConnectionBack() {
		willReturn("OK").given(this.executor).executeCommand(argThat((command) -> isCommand(command, Command.UNWATCH)));
		this.transaction.watch(KEY);
		this.transaction.multi();
		this.transaction.set(KEY, "1");
		assertThat(this.transaction.discard()).isEqualTo("OK");
		then(this.connection).should().close();
		then(this.connection).should(never()).setBroken();
		then(this.executor).should(never()).executeCommand(argThat((command) -> isCommand(command, Command.MULTI)));
	}

	@Test
	void acceptsAnotherSlotAfterDiscard() {
		this.transaction.multi();
		this.transaction.set(KEY, "1");
		this.transaction.discard();
		givenReplies(List.of(1L));
		this.transaction.multi();
		this.transaction.incr(OTHER_SLOT);
		assertThat(this.transaction.exec()).containsExactly(1L);
		assertThat(sentTransaction().getSlot()).isEqualTo(CommandKeys.slot(OTHER_SLOT));
	}

	@Test
	void execDecodesRepliesAndErrors() {
		JedisDataException error = new JedisDataException("WRONGTYPE");
		givenReplies(Arrays.asList("OK".getBytes(StandardCharsets.UTF_8), error, null));
		this.transaction.multi();
		Response<String> set = this.transaction.set(KEY, "1");
		Response<Long> pushed = this.transaction.lpush(KEY, "2");
		Response<String> missing = this.transaction.get(SAME_SLOT);
		assertThat(this.transaction.exec()).containsExactly("OK", error, null);
		assertThat(set.get()).isEqualTo("OK");
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(pushed::get).isSameAs(error);
		assertThat(missing.get()).isNull();
	}

	@Test
	void execReturnsNullWhenWatchedKeyWasChanged() {
		this.transaction.watch(KEY);
		this.transaction.multi();
		this.transaction.incr(KEY);
		assertThat(this.transaction.exec()).isNull();
		then(this.connection).should().close();
		then(this.connection).should(never()).setBroken();
	}

	private void givenReplies(List<@Nullable Object> replies) {
		willReturn(replies).given(this.executor)
			.executeCommand(argThat((command) -> isCommand(command, Command.MULTI)));
	}

	private TransactionCommand sentTransaction() {
		ArgumentCaptor<CommandObject<?>> sent = ArgumentCaptor.captor();
		then(this.executor).should(atLeastOnce()).executeCommand(sent.capture());
		return (TransactionCommand) sent.getAllValues().get(sent.getAllValues().size() - 1);
	}

	private void thenConnectionIsBrokenAndClosed() {
		InOrder order = inOrder(this.connection);
		then(this.connection).should(order).setBroken();
		then(this.connection).should(order).close();
	}

	private static boolean isFirstWatch(@Nullable CommandObject<?> command) {
		return command instanceof WatchCommand watch && watch.getSlot() == SLOT;
	}

	private static boolean isCommand(@Nullable CommandObject<?> command, Command name) {
		CommandArguments arguments = (command != null) ? command.getArguments() : null;
		return arguments != null && arguments.getCommand() == name;
	}

}
