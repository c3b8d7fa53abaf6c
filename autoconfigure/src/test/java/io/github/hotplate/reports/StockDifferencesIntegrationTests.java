package io.github.hotplate.reports;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

import io.github.hotplate.documentation.Document;
import io.github.hotplate.execution.CrossSlotException;
import io.github.hotplate.reports.SpringCalls.Way;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.RedisNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Every difference from stock is in {@code docs/differences.md}.
 */
class StockDifferencesIntegrationTests extends EveryMode {

	private static JedisConnectionFactory stockServer;

	private static JedisConnectionFactory stockCluster;

	@BeforeAll
	static void startStock(EmbeddedRedisCluster cluster, EmbeddedRedisServer standalone) {
		RedisNode node = standalone.nodes().get(0);
		stockServer = started(new JedisConnectionFactory(new RedisStandaloneConfiguration(node.host(), node.port())));
		stockCluster = started(new JedisConnectionFactory(new RedisClusterConfiguration(
				cluster.nodes().stream().map((each) -> each.host() + ":" + each.port()).toList())));
	}

	private static JedisConnectionFactory started(JedisConnectionFactory factory) {
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

	@AfterAll
	static void disconnect() {
		stockServer.destroy();
		stockCluster.destroy();
	}

	@ParameterizedTest
	@CsvSource({ "ALONE, Everywhere", "IN_PIPELINE, Pipelines", "IN_TRANSACTION, Transactions",
			"WATCHING, Everywhere" })
	@Report("Spring Data Redis' own tests")
	void differencesOnOneServerAreDocumented(Way way, String section) {
		Set<String> differences = differences(new SpringCalls(""), way, "standalone", stockServer, false);
		assertThat(documented("Everywhere", section)).containsAll(differences);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{t}" })
	@Report("Spring Data Redis' own tests")
	void differencesOnClusterAreDocumented(String prefix) {
		Set<String> differences = differences(new SpringCalls(prefix), Way.ALONE, "cluster", stockCluster, false);
		assertThat(documented("Everywhere", "Cluster")).containsAll(differences);
	}

	@ParameterizedTest
	@CsvSource({ "IN_PIPELINE, Pipelines", "IN_TRANSACTION, Transactions", "WATCHING, Transactions" })
	@Report("Spring Data Redis' own tests")
	void clusterQueuesAsOneServerDoes(Way way, String section) {
		Set<String> differences = differences(new SpringCalls("{t}"), way, "cluster", stockServer, true);
		assertThat(documented("Everywhere", section)).containsAll(differences);
	}

	@ParameterizedTest
	@CsvSource({ "ALONE, Sharded", "IN_PIPELINE, Pipelines" })
	@Report("Spring Data Redis' own tests")
	void differencesOnIndependentServersAreDocumented(Way way, String section) {
		Set<String> differences = differences(new SpringCalls(""), way, "sharded", stockServer, true);
		assertThat(documented("Everywhere", "Sharded", section)).containsAll(differences);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cluster", "sentinel", "standalone", "sharded" })
	@Report("server commands in pipelines")
	void serverCommandsArePipelinedExceptOnCluster(String mode) {
		RedisConnectionFactory foo = clients.get(mode).getRequiredConnectionFactory();
		try (RedisConnection connection = foo.getConnection()) {
			connection.openPipeline();
			Throwable refusal = catchThrowable(() -> connection.serverCommands().dbSize());
			assertThat(connection.closePipeline()).hasSize(mode.equals("cluster") ? 0 : 1);
			assertThat(refusal != null).isEqualTo(mode.equals("cluster"));
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
				.isThrownBy(connection::getSentinelConnection)
				.withMessageContaining("redis-cli");
		}
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(foo::getSentinelConnection);
		assertThat(documented("Pipelines")).contains("dbSize");
		assertThat(documented("Everywhere")).contains("getSentinelConnection");
	}

	private static Set<String> differences(SpringCalls calls, Way way, String mode, RedisConnectionFactory stock,
			boolean severalSlots) {
		RedisConnectionFactory ours = clients.get(mode).getRequiredConnectionFactory();
		Set<String> differences = new TreeSet<>();
		SpringCalls.methods().forEach((method) -> {
			List<Object> expected = prepared(calls, method, stock, way);
			List<Object> seen = prepared(calls, method, ours, way);
			boolean refused = severalSlots && String.valueOf(seen).contains(CrossSlotException.class.getName());
			if (!refused && !isSame(seen, expected)) {
				differences.add(method.getName());
			}
		});
		return differences;
	}

	private static List<Object> prepared(SpringCalls calls, Method method, RedisConnectionFactory redis, Way way) {
		try (RedisConnection connection = redis.getConnection()) {
			calls.prepare(method, connection);
		}
		return calls.call(method, redis, way);
	}

	// An exception that extends the expected one keeps the contract.
	private static boolean isSame(Object seen, Object expected) {
		if (seen instanceof List<?> several && expected instanceof List<?> others && several.size() == others.size()) {
			return Stream.iterate(0, (i) -> i < several.size(), (i) -> i + 1)
				.allMatch((i) -> isSame(several.get(i), others.get(i)));
		}
		return (seen instanceof Class<?> type && expected instanceof Class<?> base) ? base.isAssignableFrom(type)
				: seen.equals(expected);
	}

	private static Set<String> documented(String... sections) {
		String text = Document.of("differences.md").text();
		return Stream.of(sections)
			.flatMap((section) -> text.lines()
				.dropWhile((line) -> !line.equals("## " + section))
				.skip(1)
				.takeWhile((line) -> !line.startsWith("## ")))
			.filter((line) -> line.startsWith("| "))
			.flatMap((line) -> Document.code(line.substring(2).split(" \\| ")[0]).stream())
			.collect(Collectors.toSet());
	}

}
