package io.github.hotplate.sample.visitor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.data.redis.RedisConnectionFailureException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

class VisitorSimulatorTests {

	private final Visitor visitor = mock();

	private final VisitorSimulator simulator = new VisitorSimulator(this.visitor, new VisitorProperties(2000),
			new ThreadPoolTaskExecutorBuilder());

	@BeforeEach
	void start() {
		this.simulator.start();
	}

	@AfterEach
	void stop() {
		this.simulator.stop();
	}

	@Test
	void sendsVisitorsOnThreadsOfItsOwn() {
		Set<String> threads = ConcurrentHashMap.newKeySet();
		willAnswer((invocation) -> threads.add(Thread.currentThread().getName())).given(this.visitor).visit();
		await().until(() -> sendVisitors().served() > 10);
		assertThat(threads).isNotEmpty().allMatch((name) -> name.startsWith("visitor-"));
	}

	@Test
	void countsVisitsThatRedisFailed() {
		willThrow(new RedisConnectionFailureException("down")).given(this.visitor).visit();
		await().until(() -> sendVisitors().failed() > 10);
		assertThat(this.simulator.statistics().served()).isZero();
	}

	@Test
	void sendsNobodyAtRateZero() {
		this.simulator.setRate(0);
		sendVisitors();
		assertThat(sendVisitors()).isEqualTo(new VisitorStatistics(0, 2000, 0, 0, 0));
	}

	@Test
	void turnsVisitorsAwayWhileTooManyWait() {
		CountDownLatch release = new CountDownLatch(1);
		willAnswer((invocation) -> release.await(1, TimeUnit.MINUTES)).given(this.visitor).visit();
		await().until(() -> sendVisitors().turnedAway() > 10);
		release.countDown();
		assertThat(this.simulator.statistics().failed()).isZero();
	}

	@Test
	void leavesNoThreadBehind() {
		Set<Thread> threads = ConcurrentHashMap.newKeySet();
		willAnswer((invocation) -> threads.add(Thread.currentThread())).given(this.visitor).visit();
		await().until(() -> sendVisitors().served() > 10);
		this.simulator.stop();
		assertThat(threads).isNotEmpty();
		await().until(() -> threads.stream().noneMatch(Thread::isAlive));
	}

	@Test
	void refusesARateOutOfRange() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.setRate(2001))
			.withMessage("'rate' must be from 0 to 2000: 2001");
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.setRate(-1));
	}

	private VisitorStatistics sendVisitors() {
		this.simulator.sendVisitors();
		return this.simulator.statistics();
	}

}
