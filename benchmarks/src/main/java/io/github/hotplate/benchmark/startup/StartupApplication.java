package io.github.hotplate.benchmark.startup;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * An application that does nothing but read a key once it has started.
 *
 * @since 0.1.0
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StartupApplication {

	/**
	 * Start the application, stop it, and print the {@link StartupTimes}.
	 * @param args the arguments of the application
	 */
	public static void main(String[] args) {
		System.out.println(start(args));
	}

	static StartupTimes start(String... args) {
		long begin = System.nanoTime();
		SpringApplicationBuilder application = new SpringApplicationBuilder(StartupApplication.class)
			.web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "logging.level.root=warn");
		try (ConfigurableApplicationContext context = application.run(args)) {
			long started = System.nanoTime();
			context.getBean(StringRedisTemplate.class).opsForValue().get("startup");
			return StartupTimes.of(started - begin, System.nanoTime() - begin);
		}
	}

}
