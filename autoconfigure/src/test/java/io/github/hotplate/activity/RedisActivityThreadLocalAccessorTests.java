package io.github.hotplate.activity;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import redis.clients.jedis.Protocol.Command;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisActivityThreadLocalAccessor}.
 */
class RedisActivityThreadLocalAccessorTests {

	private final RecordedClient foo = new RecordedClient("foo");

	@Test
	void isFoundByMicrometer() {
		assertThat(ContextRegistry.getInstance().getThreadLocalAccessors())
			.hasAtLeastOneElementOfType(RedisActivityThreadLocalAccessor.class);
	}

	@Test
	void handsActivitiesOnAndTakesThemBack() throws Exception {
		ExecutorService plain = Executors.newSingleThreadExecutor();
		ExecutorService executor = ContextExecutorService.wrap(plain,
				ContextSnapshotFactory.builder().build()::captureAll);
		try {
			RedisActivity inner = new RedisActivity();
			RedisActivity outer = RedisActivity
				.record(() -> inner.run(() -> executor.submit(() -> this.foo.send(Command.GET, "a")).get()));
			executor.submit(() -> this.foo.send(Command.GET, "b")).get();
			plain.submit(() -> assertThat(RedisActivity.current()).isEmpty()).get();
			assertThat(inner.commands()).isOne();
			assertThat(outer.commands()).isOne();
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void leavesNothingOnThreadThatInheritsRequest() {
		ServletRequestAttributes attributes = new ServletRequestAttributes(new MockHttpServletRequest());
		attributes.getRequest().setAttribute(RequestActivities.ATTRIBUTE, RequestActivities.create());
		RequestContextHolder.setRequestAttributes(attributes);
		try {
			ContextSnapshot snapshot = ContextSnapshotFactory.builder().build().captureAll();
			try (ContextSnapshot.Scope ignored = snapshot.setThreadLocals()) {
				assertThat(RedisActivity.current()).isPresent();
				try (ContextSnapshot.Scope alsoIgnored = snapshot.setThreadLocals()) {
					this.foo.send(Command.GET, "a");
				}
				assertThat(RedisActivity.current()).isPresent();
			}
			assertThat(RedisActivity.current()).isEmpty();
			assertThat(this.foo.activity().ofRequest().commands()).isOne();
		}
		finally {
			RequestContextHolder.resetRequestAttributes();
		}
	}

}
