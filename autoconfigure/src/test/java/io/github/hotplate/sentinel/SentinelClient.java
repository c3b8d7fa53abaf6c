package io.github.hotplate.sentinel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.mock.env.MockEnvironment;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.test.RedisNode;

/**
 * The client {@code foo} as its Sentinels see it.
 */
final class SentinelClient {

	private SentinelClient() {
	}

	/**
	 * Make a monitor.
	 * @param url where the Sentinels are
	 * @param properties what else to configure, such as {@code master=mymaster}
	 * @return a monitor that the caller closes
	 */
	static SentinelMonitor monitor(String url, String... properties) {
		return monitor(DefaultJedisClientConfig.builder(), url, properties);
	}

	static SentinelMonitor monitor(DefaultJedisClientConfig.Builder dataNodes, String url, String... properties) {
		ClientConfig config = config(url, properties);
		return new SentinelMonitor(config,
				dataNodes.user(config.url().credentials().username())
					.password(config.url().credentials().password())
					.ssl(config.url().tls())
					.build(),
				new MonitoringFailures());
	}

	static ClientConfig config(String url, String... properties) {
		MockEnvironment environment = new MockEnvironment().withProperty("foo.url", url);
		Stream.of(properties)
			.map((property) -> property.split("=", 2))
			.forEach((property) -> environment.setProperty("foo." + property[0], property[1]));
		return new ClientConfigReader(environment).read("foo.");
	}

	static HostAndPort address(RedisNode node) {
		return new HostAndPort(node.host(), node.port());
	}

	static List<HostAndPort> addresses(List<RedisNode> nodes) {
		return nodes.stream().map(SentinelClient::address).toList();
	}

	/**
	 * Begin a URL with Sentinels of one's choice.
	 * @param sentinels the Sentinels
	 * @return a URL without a primary's name
	 */
	static String url(RedisNode... sentinels) {
		List<String> addresses = new ArrayList<>();
		Stream.of(sentinels).map(RedisNode::toString).forEach(addresses::add);
		return "redis-sentinel://" + String.join(",", addresses);
	}

}
