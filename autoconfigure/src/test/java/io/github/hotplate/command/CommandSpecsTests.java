package io.github.hotplate.command;

import java.lang.reflect.Method;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.OverridingClassLoader;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommandSpecs}.
 */
class CommandSpecsTests {

	@Test
	void nameIsUpperCaseAndLabelLowerCase() {
		CommandSpec spec = CommandSpecs.of(Commands.arguments("hGetAll key"));
		assertThat(spec.name()).isEqualTo("HGETALL");
		assertThat(spec.label()).isEqualTo("hgetall");
	}

	@Test
	void commandHasOneInstanceHoweverItIsSpelt() {
		CommandSpec spec = CommandSpecs.of(new CommandArguments(Command.GET));
		assertThat(CommandSpecs.of(new CommandArguments(Command.GET))).isSameAs(spec);
		assertThat(CommandSpecs.of(Commands.arguments("get key"))).isSameAs(spec);
	}

	@ParameterizedTest
	@ValueSource(strings = { "CONFIG GET maxmemory", "config get maxmemory", "Config Get maxmemory" })
	void subcommandOfContainerBelongsToName(String line) {
		CommandSpec spec = CommandSpecs.of(Commands.arguments(line));
		assertThat(spec.name()).isEqualTo("CONFIG GET");
		assertThat(spec.label()).isEqualTo("config get");
	}

	@Test
	void containerWithoutSubcommandIsNamedAlone() {
		assertThat(CommandSpecs.of(new CommandArguments(Command.COMMAND)).name()).isEqualTo("COMMAND");
		assertThat(CommandSpecs.of(new CommandArguments(Command.COMMAND).add("COUNT")).name())
			.isEqualTo("COMMAND COUNT");
	}

	@Test
	void argumentOfOtherCommandDoesNotBelongToName() {
		assertThat(CommandSpecs.of(Commands.arguments("GET config")).name()).isEqualTo("GET");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET key", "get key", "MGET a b", "ZRANGE key 0 1", "SINTER a b", "EVAL_RO script 0",
			"MEMORY USAGE key", "XINFO STREAM key", "OBJECT ENCODING key" })
	void readsAreReadOnly(String line) {
		assertThat(CommandSpecs.of(Commands.arguments(line)).readOnly()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET key value", "GETDEL key", "GETEX key", "EVAL script 0", "XGROUP CREATE key group 0",
			"XREADGROUP GROUP a b STREAMS key >", "CONFIG SET maxmemory 1", "SORT key", "NO.SUCH command" })
	void othersAreNot(String line) {
		assertThat(CommandSpecs.of(Commands.arguments(line)).readOnly()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "GET key, DEFAULT, ALL_SUCCEEDED", "NO.SUCH command, DEFAULT, ALL_SUCCEEDED",
			"DBSIZE, ALL_SHARDS, AGG_SUM", "KEYS *, ALL_SHARDS, CONCATENATE", "RANDOMKEY, ALL_SHARDS, FIRST_PRESENT",
			"WAIT 1 0, ALL_SHARDS, AGG_MIN", "WAITAOF 1 1 0, ALL_SHARDS, AGG_LOGICAL_AND",
			"SCRIPT EXISTS sha, ALL_SHARDS, AGG_LOGICAL_AND", "SCRIPT LOAD script, ALL_SHARDS, ALL_SUCCEEDED",
			"FLUSHALL, ALL_SHARDS, ALL_SUCCEEDED", "CONFIG SET a b, ALL_NODES, ALL_SUCCEEDED",
			"CONFIG GET a, DEFAULT, ALL_SUCCEEDED", "MGET a b, MULTI_SHARD, CONCATENATE",
			"MSET a 1 b 2, MULTI_SHARD, ALL_SUCCEEDED", "MSETNX a 1 b 2, MULTI_SHARD, AGG_MIN",
			"DEL a b, MULTI_SHARD, AGG_SUM", "SUNION a b, MULTI_SHARD, UNION", "SINTER a b, MULTI_SHARD, INTERSECTION",
			"SDIFF a b, MULTI_SHARD, DIFFERENCE", "SCAN 0, CURSOR, CONCATENATE" })
	void policiesFollowCommandTips(String line, RequestPolicy request, ResponsePolicy response) {
		CommandSpec spec = CommandSpecs.of(Commands.arguments(line));
		assertThat(spec.requestPolicy()).isEqualTo(request);
		assertThat(spec.responsePolicy()).isEqualTo(response);
	}

	@Test
	void namesMadeUpAtRunTimeAreForgottenWhenThereAreTooMany() throws ReflectiveOperationException {
		Method lookUp = fresh(CommandSpecs.class).getMethod("of", CommandArguments.class);
		CommandArguments early = Commands.arguments("EARLY");
		Object earlySpec = lookUp.invoke(null, early);
		for (int i = 0; i < 1_000; i++) {
			lookUp.invoke(null, Commands.arguments("MADE.UP." + i));
		}
		CommandArguments late = Commands.arguments("LATE");
		assertThat(lookUp.invoke(null, late)).isNotNull().isNotSameAs(lookUp.invoke(null, late));
		assertThat(lookUp.invoke(null, early)).isSameAs(earlySpec);
		CommandArguments known = new CommandArguments(Command.GET);
		assertThat(lookUp.invoke(null, known)).isSameAs(lookUp.invoke(null, known));
	}

	/**
	 * Load a class once more, to fill up what it remembers for this test only.
	 */
	private static Class<?> fresh(Class<?> type) throws ClassNotFoundException {
		return new OverridingClassLoader(type.getClassLoader()) {

			@Override
			protected boolean isEligibleForOverriding(String className) {
				return className.startsWith(type.getPackageName());
			}

		}.loadClass(type.getName());
	}

}
