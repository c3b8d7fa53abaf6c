package io.github.hotplate.request;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.hotplate.activity.RedisActivity;
import io.github.hotplate.config.RequestConfig;
import io.github.hotplate.support.RateLimitedLog;

/**
 * Warns of requests that ask too much of Redis, once a minute for each route. The line
 * names code and patterns, but nothing that a user has sent.
 */
final class RequestWarnings {

	private static final Logger logger = LoggerFactory.getLogger(RequestWarnings.class);

	private final RateLimitedLog log = new RateLimitedLog(logger);

	private final int maxCommands;

	private final Duration maxTime;

	RequestWarnings(RequestConfig config) {
		this.maxCommands = config.warnCommands();
		this.maxTime = config.warnTime();
	}

	boolean concerns(RedisActivity activity) {
		return (this.maxCommands > 0 && activity.commands() > this.maxCommands)
				|| (!this.maxTime.isZero() && activity.time().compareTo(this.maxTime) > 0);
	}

	void warn(Route route, RedisActivity activity) {
		String handler = route.handler();
		String remedies = String.join("; ", activity.remedies(handler.isEmpty() ? route.name() : handler));
		this.log.warn(route, "{}{} sent {} to Redis, which took {} ms, the longest {} ms{}{}", route.name(),
				handler.isEmpty() ? "" : " (" + handler + ")", ServerTimings.count(activity.commands(), " command"),
				activity.time().toMillis(), activity.longest().toMillis(),
				(activity.failures() > 0) ? ", and " + activity.failures() + " failed" : "",
				remedies.isEmpty() ? "" : ": " + remedies);
	}

}
