package io.github.hotplate.activity;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
	void taskThatIsHandedOnCountsForInheritedRequest() throws Exception {
		ServletRequestAttributes request = startRequest();
		this.foo.send(Command.GET, "a");
		Thread thread = new Thread(RedisActivity.propagate((Runnable) () -> this.foo.send(Command.GET, "a")));
		thread.start();
		thread.join();
		assertThat(request.getRequest().getAttribute(RequestActivities.ATTRIBUTE))
			.isInstanceOfSatisfying(RedisActivity.class, (activity) -> assertThat(activity.commands()).isEqualTo(2));
		assertThat(this.foo.activity().commands()).isZero();
	}

	@Test
	void recordedCodeOutsideOfRequestsCountsThereToo() {
		RedisActivity activity = RedisActivity.record(() -> this.foo.send(Command.GET, "a"));
		assertThat(activity.commands()).isOne();
		assertThat(this.foo.activity().commands()).isOne();
	}

	@Test
	void requestsAreNotToldApartWhereTheyAreOff() {
		RecordedClient off = new RecordedClient("foo", new ClientActivity("foo", false), (command) -> null);
		startRequest();
		RedisActivity activity = RedisActivity.record(() -> off.send(Command.GET, "a"));
		assertThat(off.activity().ofRequest()).isNull();
		assertThat(off.activity().commands()).isOne();
		assertThat(activity.commands()).isOne();
	}

	@Test
	void threadsOfOneRequestShareItsActivity() throws Exception {
		ServletRequestAttributes request = new ContestedAttributes();
		ExecutorService executor = Executors.newFixedThreadPool(2);
		try {
			Callable<Void> task = () -> {
				RequestContextHolder.setRequestAttributes(request);
				this.foo.send(Command.GET, "a");
				return null;
			};
			for (Future<Void> future : executor.invokeAll(List.of(task, task))) {
				future.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		RequestContextHolder.setRequestAttributes(request);
		assertThat(this.foo.activity().ofRequest().commands()).isEqualTo(2);
	}

	private static ServletRequestAttributes startRequest() {
		ServletRequestAttributes request = new ServletRequestAttributes(new MockHttpServletRequest());
		RequestContextHolder.setRequestAttributes(request);
		return request;
	}

	/**
	 * Has two threads miss an attribute at the same moment, twice if they can.
	 */
	private static final class ContestedAttributes extends ServletRequestAttributes {

		private final CyclicBarrier barrier = new CyclicBarrier(2);

		ContestedAttributes() {
			super(new MockHttpServletRequest());
		}

		@Override
		public Object getAttribute(String name, int scope) {
			Object value = super.getAttribute(name, scope);
			if (value == null && !this.barrier.isBroken()) {
				try {
					this.barrier.await(Thread.holdsLock(this) ? 1 : 20_000, TimeUnit.MILLISECONDS);
				}
				catch (TimeoutException | BrokenBarrierException ex) {
					// Only one thread may look again.
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
			return value;
		}

	}

}
