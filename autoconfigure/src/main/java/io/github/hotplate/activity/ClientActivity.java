package io.github.hotplate.activity;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.hotplate.activity.RedisActivity.Scope;
import io.github.hotplate.execution.CallRecord;

/**
 * Counts the calls of one client for the activities of the threads that make them, and
 * for their requests. Calls outside of requests are added up. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ClientActivity implements CallListener {

	// The template had diagnostics before there were activities.
	private static final Logger logger = LoggerFactory.getLogger("io.github.hotplate.template.RequestDiagnostics");

	private final String client;

	private final boolean requests;

	private final LongAdder commands = new LongAdder();

	private final LongAdder failures = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	/**
	 * Create an instance.
	 * @param client the name of the client
	 * @param requests whether to tell web requests apart
	 */
	public ClientActivity(String client, boolean requests) {
		this.client = client;
		this.requests = requests;
	}

	@Override
	public void callEnded(CallRecord call) {
		Scope scope = Scope.current();
		if (scope != null) {
			scope.add(this.client, call);
		}
		RedisActivity ofScope = (scope != null) ? scope.request() : null;
		RedisActivity request = (ofScope != null) ? ofScope : ofThread();
		if (request == null) {
			addUp(call);
			return;
		}
		if (ofScope == null) {
			request.add(this.client, call);
		}
		if (logger.isDebugEnabled()) {
			logAtEnd(request);
		}
	}

	private @Nullable RedisActivity ofThread() {
		return this.requests ? RequestActivities.current() : null;
	}

	private void addUp(CallRecord call) {
		this.commands.increment();
		this.nanos.add(call.totalNanos());
		if (call.failure() != null) {
			this.failures.increment();
		}
	}

	private void logAtEnd(RedisActivity request) {
		RedisActivity activity = request.client(this.client);
		RequestContext.atEnd(RequestActivities.ATTRIBUTE + "." + this.client,
				() -> logger.debug("Redis client '{}' in this request: {}", this.client, activity));
	}

	/**
	 * Return what the current request has done with the client.
	 * @return the activity, or {@code null} outside of requests
	 */
	public @Nullable RedisActivity ofRequest() {
		Scope scope = Scope.current();
		RedisActivity ofScope = (scope != null) ? scope.request() : null;
		RedisActivity request = (ofScope != null) ? ofScope : ofThread();
		return (request != null) ? request.client(this.client) : null;
	}

	/**
	 * Return how many commands have been sent outside of requests.
	 * @return the number of completed commands, including failed ones
	 */
	public long commands() {
		return this.commands.sum();
	}

	/**
	 * Return how many commands have failed outside of requests.
	 * @return the number of failed commands
	 */
	public long failures() {
		return this.failures.sum();
	}

	/**
	 * Return how long commands outside of requests took.
	 * @return the time of all together
	 */
	public Duration time() {
		return Duration.ofNanos(this.nanos.sum());
	}

}
