package io.github.hotplate.autoconfigure;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose class path really lacks what is optional.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class OptionalDependenciesIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	@ParameterizedTest
	@ValueSource(strings = { "spring-web.*", ".*micrometer-(core|tracing|metrics|registry|jakarta).*",
			".*micrometer-tracing.*", "spring-boot-data-redis" })
	void worksWithout(String libraries) throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader contextLoader = thread.getContextClassLoader();
		try (URLClassLoader loader = without(libraries)) {
			thread.setContextClassLoader(loader);
			Object application = loader.loadClass(Application.class.getName()).getDeclaredConstructor().newInstance();
			@SuppressWarnings("unchecked")
			BinaryOperator<String> writeAndRead = (BinaryOperator<String>) application;
			assertThat(writeAndRead.apply(cluster.url(), libraries)).isEqualTo(libraries);
		}
		finally {
			thread.setContextClassLoader(contextLoader);
		}
	}

	private static URLClassLoader without(String libraries) throws MalformedURLException {
		List<URL> urls = new ArrayList<>();
		int left = 0;
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			Path path = Path.of(entry);
			if (path.getFileName().toString().matches(libraries + "-\\d.*\\.jar")) {
				left++;
			}
			else {
				urls.add(path.toUri().toURL());
			}
		}
		assertThat(left).as("left out").isPositive();
		return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
	}

	/**
	 * Writes and reads a value at the given URL, in a class path of its own.
	 */
	@EnableAutoConfiguration
	public static final class Application implements BinaryOperator<String> {

		@Override
		public String apply(String url, String value) {
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
				.web(WebApplicationType.NONE)
				.run("--foo.url=" + url)) {
				StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
				foo.opsForValue().set("written", value);
				return foo.opsForValue().get("written");
			}
		}

	}

}
