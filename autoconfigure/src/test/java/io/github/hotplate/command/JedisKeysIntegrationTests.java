package io.github.hotplate.command;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.args.GeoUnit;
import redis.clients.jedis.params.GeoRadiusParam;
import redis.clients.jedis.params.GeoRadiusStoreParam;
import redis.clients.jedis.params.GeoSearchParam;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.params.SortingParams;
import redis.clients.jedis.params.XPendingParams;

import io.github.hotplate.reports.Report;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The keys that we see are those that Redis sees, for every command that Jedis can build,
 * and for commands that are given as a name and bytes.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class JedisKeysIntegrationTests {

	/**
	 * Methods whose parameters Jedis wants filled with care. Those of which Redis knows
	 * keys are among the {@link #options()}.
	 */
	private static final Set<String> NEED_CARE = Set.of("ftAlter", "ftCreate", "ftHybrid", "georadiusByMemberStore",
			"georadiusStore", "geosearch", "geosearchStore", "geosearchStoreStoreDist", "hotkeysStart", "tsMRange",
			"tsMRevRange", "xpending");

	private static EmbeddedRedisServer server;

	private static Connection connection;

	private final CommandObjects jedis = new CommandObjects();

	private final ServerKeys redis = new ServerKeys(connection);

	private final KeySpecs required = KeySpecs.required(connection::executeCommand);

	@BeforeAll
	static void connect() {
		RedisNode node = server.nodes().get(0);
		connection = new Connection(new HostAndPort(node.host(), node.port()));
	}

	@AfterAll
	static void disconnect() {
		connection.close();
	}

	@Test
	@Report({ "ZRANGESTORE and GEOSEARCHSTORE", "KEYS in MULTI" })
	void everyCommandOfJedisHasTheKeysThatRedisSees() throws IllegalAccessException {
		List<String> differences = new ArrayList<>();
		Set<String> needCare = new TreeSet<>();
		int compared = 0;
		for (Method method : CommandObjects.class.getMethods()) {
			if (method.getReturnType() == CommandObject.class) {
				CommandArguments command = command(method);
				if (command == null) {
					needCare.add(method.getName());
				}
				else {
					compare(command, differences);
					compared++;
				}
			}
		}
		assertThat(differences).isEmpty();
		assertThat(NEED_CARE).containsAll(needCare);
		assertThat(compared).isGreaterThan(900);
	}

	private @Nullable CommandArguments command(Method method) throws IllegalAccessException {
		try {
			return ((CommandObject<?>) method.invoke(this.jedis, new SampleArguments().of(method))).getArguments();
		}
		catch (InvocationTargetException | NullPointerException ex) {
			return null;
		}
	}

	@Test
	void optionsThatNameKeysAreSeen() {
		List<String> differences = new ArrayList<>();
		options().forEach((command) -> compare(command.getArguments(), differences));
		assertThat(differences).isEmpty();
	}

	private Stream<CommandObject<?>> options() {
		GeoRadiusStoreParam store = new GeoRadiusStoreParam().store("into");
		GeoRadiusStoreParam distances = new GeoRadiusStoreParam().storeDist("into");
		GeoRadiusParam descending = GeoRadiusParam.geoRadiusParam().sortDescending();
		GeoSearchParam area = GeoSearchParam.geoSearchParam().fromMember("m").byRadius(1, GeoUnit.M);
		SortingParams sorting = new SortingParams().by("store").get("#", "store").limit(0, 1).alpha();
		return Stream.of(this.jedis.georadiusStore("k", 1, 1, 1, GeoUnit.M, descending, store),
				this.jedis.georadiusStore("k", 1, 1, 1, GeoUnit.M, descending, distances),
				this.jedis.georadiusByMemberStore("k", "m", 1, GeoUnit.M, descending, store),
				this.jedis.georadiusByMember("k", "m", 1, GeoUnit.M), this.jedis.geosearch("k", area),
				this.jedis.geosearchStore("into", "k", area), this.jedis.geosearchStoreStoreDist("into", "k", area),
				this.jedis.sort("k", sorting), this.jedis.sort("k", sorting, "into"), this.jedis.sort("k", "into"),
				this.jedis.sortReadonly("k", sorting),
				this.jedis.migrate("host", 1, 1, new MigrateParams().auth("keys").replace(), "a", "b"),
				this.jedis.migrate("host", 1, 1, new MigrateParams().auth2("user", "keys"), "a"),
				this.jedis.migrate("host", 1, "k", 0, 1),
				this.jedis.xpending("k", "g", new XPendingParams("-", "+", 1).idle(1)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "SET k v", "set k v", "GET k", "MSET a 1 b 2", "ZRANGESTORE into k 0 -1",
			"zrangestore into k 0 -1", "GEOSEARCHSTORE into k FROMMEMBER m BYRADIUS 1 m", "KEYS pattern",
			"ZUNIONSTORE into 2 a b WEIGHTS 1 2", "ZINTER 2 a b", "ZDIFFSTORE into 2 a b", "SINTERCARD 2 a b LIMIT 1",
			"SORT k", "SORT k BY store GET # GET store LIMIT 0 1 STORE into", "sort k store one store into",
			"SORT_RO k BY by*", "GEORADIUS k 1 1 1 m STOREDIST into", "GEORADIUS_RO k 1 1 1 m",
			"GEORADIUSBYMEMBER k m 1 m store into", "MIGRATE host 1 k 0 1", "MIGRATE host 1 KEYS 0 1 COPY",
			"EVAL script 2 a b c", "EVAL_RO script 1 a c", "FCALL f 1 a c", "EVAL script 0 c", "OBJECT ENCODING k",
			"object freq k", "MEMORY USAGE k", "XREAD COUNT 1 STREAMS a b 0-0 0-0",
			"XREADGROUP GROUP streams c STREAMS a b > >", "XINFO STREAM k", "XGROUP CREATE k g 0", "LMPOP 2 a b LEFT",
			"BLMPOP 1 2 a b LEFT", "BZMPOP 1 1 a MIN", "BLPOP a b 1", "BITOP AND into a b", "PFMERGE into a b",
			"PFCOUNT a b", "LCS a b", "COPY a b", "SMOVE a b m", "RENAME a b", "LMOVE a b LEFT LEFT", "WATCH a b",
			"CLUSTER KEYSLOT k", "CONFIG GET k", "PUBLISH channel m", "DEBUG OBJECT k", "PFDEBUG ENCODING k",
			"SCAN 0 MATCH k", "HSCAN k 0 MATCH p", "SINTERSTORE into a b", "SUBSCRIBE channel", "TOUCH a a b", "DUMP k",
			"RESTORE k 0 v", "XAUTOCLAIM k g c 1 0", "SETRANGE k 0 v" })
	@Report("keys of commands by name")
	void rawCommandHasTheKeysThatRedisSees(String line) {
		CommandArguments command = this.required.mark(Commands.command(line)).getArguments();
		List<String> differences = new ArrayList<>();
		compare(command, differences);
		assertThat(differences).isEmpty();
	}

	private void compare(CommandArguments command, List<String> differences) {
		CommandSpec spec = CommandSpecs.of(command);
		// The channel says where to send a message, but is no key to Redis.
		List<String> expected = spec.name().equals("SPUBLISH") ? List.of(text(command, 1)) : this.redis.of(command);
		List<String> seen = CommandKeys.of(spec, command).stream().map(CommandKeys::text).toList();
		if (!seen.equals(expected)) {
			differences.add(spec.name() + " with " + (command.size() - 1) + " arguments: we see " + seen
					+ ", Redis sees " + expected);
		}
	}

	private static String text(CommandArguments command, int position) {
		return CommandKeys.text(command.get(position).getRaw());
	}

}
