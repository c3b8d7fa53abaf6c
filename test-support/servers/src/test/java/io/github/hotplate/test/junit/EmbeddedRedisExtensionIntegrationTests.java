package io.github.hotplate.test.junit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EmbeddedRedisExtension}.
 */
@ExtendWith(EmbeddedRedisExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class EmbeddedRedisExtensionIntegrationTests {

	private static EmbeddedRedisServer server;

	private final EmbeddedRedisServer constructorParameter;

	EmbeddedRedisExtensionIntegrationTests(EmbeddedRedisServer constructorParameter) {
		this.constructorParameter = constructorParameter;
	}

	@BeforeAll
	static void write() {
		server.node().execute("SET", "key", "value");
	}

	@Test
	void injectsTheSameInstanceEverywhere(EmbeddedRedisServer parameter) {
		assertThat(parameter).isSameAs(server).isSameAs(this.constructorParameter);
	}

	@Test
	void keepsDataWithinAClass() {
		assertThat(server.node().execute("GET", "key")).isEqualTo("value");
	}

	@Test
	@Order(1)
	void injectsOnlyIntoParameters(EmbeddedRedisCluster cluster) {
		assertThat(cluster.nodes()).hasSize(6);
		cluster.primaryOf("key").execute("SET", "key", "value");
	}

	@Test
	@Order(2)
	void keepsDataBetweenMethods(EmbeddedRedisCluster cluster) {
		assertThat(cluster.primaryOf("key").execute("GET", "key")).isEqualTo("value");
	}

	@Test
	void healsAndEmptiesBeforeAClassFirstGetsIt() {
		EngineTestKit.engine("junit-jupiter")
			.selectors(DiscoverySelectors.selectClass(LeavesDataAndAPausedServer.class),
					DiscoverySelectors.selectClass(FindsAnEmptyServer.class))
			.execute()
			.testEvents()
			.assertStatistics((statistics) -> statistics.started(2).succeeded(2));
	}

	@Nested
	class InANestedClass {

		@Test
		void keepsDataOfTheEnclosingClass(EmbeddedRedisServer parameter) {
			assertThat(parameter.node().execute("GET", "key")).isEqualTo("value");
		}

	}

	@ExtendWith(EmbeddedRedisExtension.class)
	static class LeavesDataAndAPausedServer {

		@Test
		void leave(EmbeddedRedisServer parameter) {
			parameter.node().execute("SET", "key", "value");
			parameter.node().pause();
		}

	}

	@ExtendWith(EmbeddedRedisExtension.class)
	static class FindsAnEmptyServer {

		@Test
		void find(EmbeddedRedisServer parameter) {
			assertThat(parameter.node().isRunning()).isTrue();
			assertThat(parameter.node().execute("DBSIZE")).isEqualTo(0L);
		}

	}

}
