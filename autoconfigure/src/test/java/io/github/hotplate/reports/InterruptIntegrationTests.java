package io.github.hotplate.reports;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.execution.CallInterruptedException;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.FaultProxy;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An interrupt ends a call that blocks, loses no element, and says nothing about a node.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class InterruptIntegrationTests {

	private static final String QUEUE = "interrupted-queue";

	private static final Duration SOON = Duration.ofSeconds(10);

	private static EmbeddedRedisServer redis;

	private final FaultProxy proxy = FaultProxy.to(redis.node());

	private TestClient client;

	@BeforeEach
	void start() {
		this.client = TestClient.start("redis://" + this.proxy.host() + ":" + this.proxy.port(), "mode=standalone");
	}

	@AfterEach
	void close() {
		redis.node().execute("DEL", QUEUE);
		this.client.close();
		this.proxy.close();
	}

	@Test
	@Report("interrupted blocking command")
	void interruptEndsPopThatTakesNothing() {
		AtomicBoolean interrupted = new AtomicBoolean();
		AtomicReference<Thread> thread = new AtomicReference<>();
		CompletableFuture<String> pop = pop(thread, interrupted);
		awaitBlocked();
		thread.get().interrupt();
		assertThat(pop).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(CallInterruptedException.class);
		assertThat(interrupted).isTrue();
		StringRedisTemplate template = this.client.redis();
		template.opsForList().rightPush(QUEUE, "next");
		assertThat(template.opsForList().leftPop(QUEUE)).isEqualTo("next");
		assertThat(this.client.pool().ejected()).isEmpty();
	}

	@Test
	@Report("interrupted blocking command")
	void elementPoppedWhileThreadIsInterruptedReachesItsCaller() {
		for (int i = 0; i < 30; i++) {
			AtomicReference<Thread> thread = new AtomicReference<>();
			CompletableFuture<String> pop = pop(thread, new AtomicBoolean());
			awaitBlocked();
			CompletableFuture<Void> interrupt = CompletableFuture.runAsync(() -> thread.get().interrupt());
			redis.node().execute("RPUSH", QUEUE, "element");
			assertThat(interrupt).succeedsWithin(SOON);
			Object left = redis.node().execute("DEL", QUEUE);
			String popped = pop.handle((element, failure) -> element).join();
			assertThat("element".equals(popped)).isEqualTo("0".equals(String.valueOf(left)));
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	@Report("interrupted virtual thread while connecting")
	void interruptedVirtualThreadSaysNothingAboutNode() throws Exception {
		this.proxy.cut();
		Awaitility.await().until(() -> this.client.pool().totalUsage().idle() == 0);
		AtomicReference<Throwable> failure = new AtomicReference<>();
		Thread thread = startVirtualThread(() -> {
			Thread.currentThread().interrupt();
			try {
				this.client.redis().opsForValue().get("a");
			}
			catch (RuntimeException ex) {
				failure.set(ex);
			}
		});
		thread.join(SOON.toMillis());
		assertThat(failure.get()).isInstanceOf(CallInterruptedException.class)
			.hasMessageContaining("interrupted; nothing was sent");
		assertThat(this.client.pool().ejected()).isEmpty();
		assertThat(this.client.redis().opsForValue().get("a")).isNull();
	}

	private static Thread startVirtualThread(Runnable task)
			throws IllegalAccessException, InvocationTargetException, NoSuchMethodException {
		return (Thread) Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
	}

	private CompletableFuture<String> pop(AtomicReference<Thread> thread, AtomicBoolean interrupted) {
		StringRedisTemplate template = this.client.redis();
		return CompletableFuture.supplyAsync(() -> {
			try {
				return template.opsForList().leftPop(QUEUE, Duration.ZERO);
			}
			finally {
				interrupted.set(Thread.interrupted());
			}
		}, (task) -> {
			thread.set(new Thread(task, "popping"));
			thread.get().start();
		});
	}

	private static void awaitBlocked() {
		Awaitility.await()
			.pollInterval(Duration.ofMillis(5))
			.until(() -> String.valueOf(redis.node().execute("INFO", "clients")).contains("blocked_clients:1"));
	}

}
