package io.github.hotplate.activity;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import redis.clients.jedis.Protocol.Command;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientActivity} and {@link RequestActivities}.
 */
class ClientActivityTests {

	private final RecordedClient foo = new RecordedClient("foo");

	@AfterEach
	void endRequest() {
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void addsUpCallsOutsideOfRequests() {
		this.foo.send(Command.GET, "a");
		this.foo.send(Command.GET, "b");
		assertThat(this.foo.activity().ofRequest()).isNull();
		assertThat(this.foo.activity().commands()).isEqualTo(2);
		assertThat(this.foo.activity().failures()).isZero();
		assertThat(this.foo.activity().time()).hasMillis(2);
	}

	@Test
	void eachRequestHasItsActivity() {
		startRequest();
		this.foo.send(Command.GET, "a");
		startRequest();
		this.foo.send(Command.GET, "a");
		this.foo.send(Command.GET, "b");
		assertThat(this.foo.activity().ofRequest().commands()).isEqualTo(2);
		assertThat(this.foo.activity().commands()).isZero();
	}

	@Test
	void clientsOfOneRequestAreToldApart() {
		RecordedClient bar = new RecordedClient("bar");
		startRequest();
		this.foo.send(Command.GET, "a");
		bar.send(Command.GET, "a");
		assertThat(this.foo.activity().ofRequest().commands()).isOne();
		assertThat(bar.activity().ofRequest().commands()).isOne();
	}

	@Test
	void threadsThatOutliveTheirRequestCountOutsideOfIt() {
		ServletRequestAttributes request = startRequest();
		request.requestCompleted();
		this.foo.send(Command.GET, "a");
		assertThat(this.foo.activity().ofRequest()).isNull();
		assertThat(this.foo.activity().commands()).isOne();
	}

	@Test
	void requestWhoseActivityIsOpenCountsOnce() {
		ServletRequestAttributes attributes = startRequest();
		RedisActivity request = RequestActivities.create();
		attributes.getRequest().setAttribute(RequestActivities.ATTRIBUTE, request);
		request.run(() -> this.foo.send(Command.GET, "a"));
		this.foo.send(Command.GET, "b");
		assertThat(request.commands()).isEqualTo(2);
		assertThat(this.foo.activity().ofRequest().commands()).isEqualTo(2);
		assertThat(this.foo.activity().commands()).isZero();
	}

	@Test
	void openActivityOfRequestNeedsNoRequestOnThread() {
		RedisActivity request = RequestActivities.create();
		request.run(() -> {
			this.foo.send(Command.GET, "a");
			assertThat(this.foo.activity().ofRequest().commands()).isOne();
		});
		assertThat(this.foo.activity().commands()).isZero();
	}

	@Test
	void recordedCodeCountsForItsRequestToo() {
		startRequest();
		RedisActivity activity = RedisActivity.record(() -> this.foo.send(Command.GET, "a"));
		assertThat(activity.commands()).isOne();
		assertThat(this.foo.activity().ofRequest().commands()).isOne();
	}

	@Test
	void recordedCodeOutsideOfRequestsCountsThereToo() {
		RedisActivity activity = RedisActivity.record(() -> this.foo.send(Command.GET, "a"));
		assertThat(activity.commands()).isOne();
		assertThat(this.foo.activity().commands()).isOne();
	}

	@Test
	void requestsAreNotToldApartWhereTheyAreOff() {
		RecordedClient off = new RecordedClient(new ClientActivity("foo", false), (command) -> null);
		startRequest();
		RedisActivity activity = RedisActivity.record(() -> off.send(Command.GET, "a"));
		assertThat(off.activity().ofRequest()).isNull();
		assertThat(off.activity().commands()).isOne();
		assertThat(activity.commands()).isOne();
	}

	@Test
	void threadsOfOneRequestShareItsActivity() throws Exception {
		int threads = 4;
		ExecutorService executor = Executors.newFixedThreadPool(threads);
		try {
			for (int round = 0; round < 100; round++) {
				ServletRequestAttributes request = new ServletRequestAttributes(new MockHttpServletRequest());
				CyclicBarrier barrier = new CyclicBarrier(threads);
				Callable<RedisActivity> task = () -> {
					RequestContextHolder.setRequestAttributes(request);
					barrier.await();
					this.foo.send(Command.GET, "a");
					barrier.await();
					return this.foo.activity().ofRequest();
				};
				List<Future<RedisActivity>> activities = executor
					.invokeAll(IntStream.range(0, threads).mapToObj((i) -> task).toList());
				for (Future<RedisActivity> activity : activities) {
					assertThat(activity.get().commands()).isEqualTo(threads);
				}
			}
		}
		finally {
			executor.shutdownNow();
		}
	}

	private static ServletRequestAttributes startRequest() {
		ServletRequestAttributes request = new ServletRequestAttributes(new MockHttpServletRequest());
		RequestContextHolder.setRequestAttributes(request);
		return request;
	}

}
