package io.github.hotplate.retry;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;

import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.NodeUnreachableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RedisRetryTemplate}, and for {@link RedisRetryPredicate} in Spring's
 * annotation.
 */
class RedisRetryTemplateTests {

	private static final AmbiguousExecutionException AMBIGUOUS = new AmbiguousExecutionException("INCR",
			new IllegalStateException());

	private final AtomicInteger runs = new AtomicInteger();

	@Test
	void codeIsRunAgainAsAWhole() {
		Supplier<String> code = () -> {
			failAtFirst(2, new NodeUnreachableException("refused", null));
			return "done";
		};
		assertThat(template("backoff=1ms").execute(code)).isEqualTo("done");
		assertThat(this.runs).hasValue(3);
	}

	@Test
	void codeWithoutResultIsRunAgain() {
		template("backoff=1ms").execute(() -> failAtFirst(1, new ClusterDownException("down", null)));
		assertThat(this.runs).hasValue(2);
	}

	@Test
	void retryPatternEndsAfterItsRetries() {
		NodeUnreachableException refused = new NodeUnreachableException("refused", null);
		assertThatException()
			.isThrownBy(() -> template("max_retries=3", "backoff=1ms").execute(() -> failAtFirst(9, refused)))
			.isSameAs(refused);
		assertThat(this.runs).hasValue(4);
	}

	@Test
	void deadlineEndsRepetitions() {
		NodeUnreachableException refused = new NodeUnreachableException("refused", null);
		assertThatException()
			.isThrownBy(() -> template("backoff=1m", "deadline=1s").execute(() -> failAtFirst(9, refused)))
			.isSameAs(refused);
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void commandThatMayHaveRunIsNotRepeated() {
		assertThatExceptionOfType(AmbiguousExecutionException.class)
			.isThrownBy(() -> template("backoff=1ms").execute(() -> failAtFirst(1, AMBIGUOUS)));
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void commandThatMayHaveRunIsRepeatedOnRequest() {
		template("backoff=1ms", "non_idempotent=true").execute(() -> failAtFirst(1, AMBIGUOUS));
		assertThat(this.runs).hasValue(2);
	}

	@Test
	void interruptEndsPause() {
		NodeUnreachableException refused = new NodeUnreachableException("refused", null);
		Thread.currentThread().interrupt();
		assertThatException()
			.isThrownBy(() -> template("max_retries=3", "backoff=1h").execute(() -> failAtFirst(9, refused)))
			.isSameAs(refused);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(this.runs).hasValue(1);
	}

	@Test
	void predicateWorksInSpringsAnnotation() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Services.class)) {
			Service service = context.getBean(Service.class);
			assertThat(service.count(() -> failAtFirst(1, new NodeUnreachableException("refused", null)))).isOne();
			assertThat(this.runs).hasValue(2);
			this.runs.set(0);
			assertThatExceptionOfType(AmbiguousExecutionException.class)
				.isThrownBy(() -> service.count(() -> failAtFirst(1, AMBIGUOUS)));
			assertThat(this.runs).hasValue(1);
		}
	}

	private void failAtFirst(int times, RuntimeException failure) {
		if (this.runs.getAndIncrement() < times) {
			throw failure;
		}
	}

	private static RedisRetryTemplate template(String... properties) {
		MockEnvironment environment = new MockEnvironment().withProperty("foo.url", "redis://localhost");
		Stream.of(properties)
			.map((property) -> property.split("="))
			.forEach((property) -> environment.setProperty("foo.retry." + property[0], property[1]));
		return new RedisRetryTemplate(new ClientConfigReader(environment).read("foo."));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableResilientMethods
	static class Services {

		@Bean
		Service service() {
			return new Service();
		}

	}

	static class Service {

		@Retryable(predicate = RedisRetryPredicate.class, maxRetries = 3, delay = 1)
		int count(Runnable code) {
			code.run();
			return 1;
		}

	}

}
