package io.github.hotplate.request;

import java.util.concurrent.TimeUnit;

import io.micrometer.common.KeyValue;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.web.filter.ServerHttpObservationFilter;

import io.github.hotplate.activity.RedisActivity;

/**
 * Adds what a request has done to Redis to the observation of the request, and thus to
 * its span. Not to its meters, which would have a series for each number.
 */
public final class RequestKeyValues implements RequestListener {

	@Override
	public void dispatchEnded(HttpServletRequest request, RedisActivity activity) {
		long commands = activity.commands();
		if (commands > 0) {
			ServerHttpObservationFilter.findObservationContext(request)
				.ifPresent((context) -> add(context, commands, activity));
		}
	}

	private static void add(ServerRequestObservationContext context, long commands, RedisActivity activity) {
		add(context, "redis.commands", commands);
		add(context, "redis.failures", activity.failures());
		add(context, "redis.retries", activity.retries());
		add(context, "redis.repeated_reads", activity.repeatedReads());
		add(context, "redis.time_ms", TimeUnit.NANOSECONDS.toMillis(activity.time().toNanos()));
	}

	private static void add(ServerRequestObservationContext context, String name, long value) {
		context.addHighCardinalityKeyValue(KeyValue.of(name, Long.toString(value)));
	}

}
