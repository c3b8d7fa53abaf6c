package io.github.hotplate.activity;

import java.util.List;
import java.util.function.LongSupplier;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.activity.CallEvents.CallEvent;
import io.github.hotplate.command.CommandFailures;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.execution.CommandAdvice;
import io.github.hotplate.execution.CommandInvocation;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * Records each call of a client, whichever API it came by, and tells listeners and the
 * flight recorder when it has ended. Outermost in the chain. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RecordingAdvice extends CommandAdvice {

	private final CallEvents events;

	private final CallListener[] listeners;

	private final MonitoringFailures failures;

	private final LongSupplier nanoTime;

	/**
	 * Create advice.
	 * @param client the name of the client
	 * @param listeners are told of every call
	 * @param failures is told when a listener fails
	 */
	public RecordingAdvice(String client, List<CallListener> listeners, MonitoringFailures failures) {
		this(eventsOf(client), listeners, failures, System::nanoTime);
	}

	RecordingAdvice(CallEvents events, List<CallListener> listeners, MonitoringFailures failures,
			LongSupplier nanoTime) {
		this.events = events;
		this.listeners = listeners.toArray(CallListener[]::new);
		this.failures = failures;
		this.nanoTime = nanoTime;
	}

	// The module jdk.jfr is not in each runtime image.
	private static CallEvents eventsOf(String client) {
		return ClassUtils.isPresent("jdk.jfr.Event", RecordingAdvice.class.getClassLoader())
				? new FlightRecorder(client) : () -> null;
	}

	@Override
	protected @Nullable Object invoke(CommandObject<?> command, MethodInvocation invocation) throws Throwable {
		Throwable failure = null;
		CallEvent event = this.events.begin();
		try (CallRecord call = CallRecord.start(command, CommandInvocation.specOf(invocation), this.nanoTime)) {
			try {
				Object reply = invocation.proceed();
				failure = CommandFailures.find(command, reply);
				return reply;
			}
			catch (Throwable ex) {
				failure = ex;
				throw ex;
			}
			finally {
				call.end(failure);
				if (event != null) {
					tell(event::end, call);
				}
				// Without an iterator and a lambda for each call.
				for (CallListener listener : this.listeners) {
					tell(listener, call);
				}
			}
		}
	}

	private void tell(CallListener listener, CallRecord call) {
		try {
			listener.callEnded(call);
		}
		catch (Throwable ex) {
			this.failures.noteUnlessFatal(Part.LISTENER, ex);
		}
	}

}
