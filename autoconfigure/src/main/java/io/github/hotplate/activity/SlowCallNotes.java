package io.github.hotplate.activity;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.CompositeCommand;
import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.CallPart;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * Notes what is worth knowing of a slow call. Messages and values stay out. Thread-safe.
 */
final class SlowCallNotes {

	private final ShownKeys keys;

	private final TraceIds traces;

	private final MonitoringFailures failures;

	private final InstantSource clock;

	SlowCallNotes(ShownKeys keys, TraceIds traces, MonitoringFailures failures, InstantSource clock) {
		this.keys = keys;
		this.traces = traces;
		this.failures = failures;
		this.clock = clock;
	}

	SlowCall note(CallRecord call) {
		HostAndPort node = call.node();
		return new SlowCall(name(call), commands(call), this.keys.show(call), (node != null) ? node.toString() : null,
				this.clock.instant().minusNanos(call.totalNanos()), millis(call.totalNanos()),
				millis(call.nanos(CallPart.POOL_WAIT)), millis(call.nanos(CallPart.CONNECT)),
				millis(call.nanos(CallPart.SERVER)), millis(call.nanos(CallPart.RETRIES)),
				millis(call.nanos(CallPart.REDIRECTS)), call.retries(), call.moved() + call.asked(), error(call),
				traceId());
	}

	static String name(CallRecord call) {
		CommandLabels labels = CommandLabels.SHARED;
		return ((call.failure() == null) ? labels.learn(call.spec()) : labels.limit(call.spec())).name();
	}

	static int commands(CallRecord call) {
		return (call.command() instanceof CompositeCommand<?> composite) ? composite.getCommands().size() : 1;
	}

	static @Nullable String error(CallRecord call) {
		Throwable failure = call.failure();
		if (failure == null) {
			return null;
		}
		String code = ErrorReply.of(failure).code();
		return (code != null) ? code : failure.getClass().getSimpleName();
	}

	private @Nullable String traceId() {
		try {
			return this.traces.current();
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.TRACING, ex);
			return null;
		}
	}

	private static double millis(long nanos) {
		return TimeUnit.NANOSECONDS.toMicros(nanos) / 1_000.0;
	}

}
