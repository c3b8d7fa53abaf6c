package io.github.hotplate.sample.visitor;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;

/**
 * Sends visitors to the board at an adjustable rate, whether or not those before them
 * have been served. Who finds too many waiting goes away and is counted, as are visits
 * that Redis fails.
 */
@Component
class VisitorSimulator implements SmartLifecycle {

	static final int MAX_RATE = 2000;

	private static final int THREADS = 8;

	private static final int MAX_WAITING = 200;

	private final Visitor visitor;

	private final ThreadPoolTaskExecutor executor;

	private final VisitPacer pacer = new VisitPacer(System.nanoTime());

	private final LongAdder served = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder turnedAway = new LongAdder();

	private volatile int rate;

	private volatile boolean running;

	VisitorSimulator(Visitor visitor, VisitorProperties properties, ThreadPoolTaskExecutorBuilder executor) {
		this.visitor = visitor;
		this.rate = properties.rate();
		this.executor = executor.corePoolSize(THREADS)
			.maxPoolSize(THREADS)
			.queueCapacity(MAX_WAITING)
			.threadNamePrefix("visitor-")
			.awaitTerminationPeriod(Duration.ofSeconds(5))
			.build();
	}

	@Override
	public void start() {
		this.executor.initialize();
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.executor.shutdown();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	VisitorStatistics statistics() {
		return new VisitorStatistics(this.rate, MAX_RATE, this.served.sum(), this.failed.sum(), this.turnedAway.sum());
	}

	void setRate(int rate) {
		Assert.isTrue(rate >= 0 && rate <= MAX_RATE, () -> "'rate' must be from 0 to " + MAX_RATE + ": " + rate);
		this.rate = rate;
	}

	@Scheduled(fixedRateString = "20ms")
	void sendVisitors() {
		int due = this.pacer.due(this.rate, System.nanoTime());
		for (int i = 0; i < due && this.running; i++) {
			try {
				this.executor.execute(this::visit);
			}
			catch (TaskRejectedException ex) {
				this.turnedAway.increment();
			}
		}
	}

	private void visit() {
		if (!this.running) {
			return;
		}
		try {
			this.visitor.visit();
			this.served.increment();
		}
		catch (RuntimeException ex) {
			// The page shows the number; a log line for each would bury everything else.
			this.failed.increment();
		}
	}

}
