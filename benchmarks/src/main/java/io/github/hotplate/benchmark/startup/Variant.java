package io.github.hotplate.benchmark.startup;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.redisson.Redisson;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;

/**
 * The application with one client or the other.
 */
enum Variant {

	/**
	 * With a client of Hotplate.
	 */
	HOTPLATE {

		@Override
		List<String> arguments(String url) {
			return List.of("--hotplate.clients=foo", "--foo.url=" + url);
		}

	},

	/**
	 * With Spring Boot's own client, on Jedis.
	 */
	STOCK {

		@Override
		List<String> arguments(String url) {
			return List.of("--spring.data.redis.client-type=jedis",
					"--spring.data.redis.cluster.nodes=" + URI.create(url).getAuthority(),
					"--spring.autoconfigure.exclude=" + HotplateAutoConfiguration.class.getName());
		}

	};

	/**
	 * Return the argument that points the application at Redis.
	 * @param url the URL of the cluster
	 * @return the arguments of the application
	 */
	abstract List<String> arguments(String url);

	/**
	 * Return the class path of an application that has this client only.
	 * @return a part of the class path of this virtual machine
	 */
	String classPath() {
		Set<Path> others = Stream.of(Redisson.class, io.lettuce.core.RedisClient.class, HotplateAutoConfiguration.class)
			.filter((type) -> this == STOCK || type != HotplateAutoConfiguration.class)
			.map(Variant::origin)
			.collect(Collectors.toSet());
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((file) -> !others.contains(Path.of(file)))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static Path origin(Class<?> type) {
		return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
	}

}
