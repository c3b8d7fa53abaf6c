package io.github.hotplate.observation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.activity.CommandLabels;
import io.github.hotplate.activity.StoredProcedures;
import io.github.hotplate.command.CommandFailures;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.execution.CommandAdvice;
import io.github.hotplate.execution.CommandInvocation;

/**
 * Records each command of a client as a span, a child of the current one. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TracingAdvice extends CommandAdvice {

	private final ObservedClient client;

	private final CommandSpanConvention convention;

	private final Tracer tracer;

	private final CommandLabels labels;

	/**
	 * Create advice.
	 * @param client what spans show of the client
	 * @param convention names and describes the spans
	 * @param tracer makes the spans
	 */
	public TracingAdvice(ObservedClient client, CommandSpanConvention convention, Tracer tracer) {
		this(client, convention, tracer, CommandLabels.SHARED);
	}

	TracingAdvice(ObservedClient client, CommandSpanConvention convention, Tracer tracer, CommandLabels labels) {
		this.client = client;
		this.convention = convention;
		this.tracer = tracer;
		this.labels = labels;
	}

	@Override
	protected @Nullable Object invoke(CommandObject<?> command, MethodInvocation invocation) throws Throwable {
		CommandSpec spec = CommandInvocation.specOf(invocation);
		CommandSpec shown = this.labels.limit(spec);
		ObservedCommand observed = observe(command, shown);
		Span span = start(observed);
		Throwable failure = null;
		try (Tracer.SpanInScope scope = this.tracer.withSpan(span)) {
			Object reply = invocation.proceed();
			failure = CommandFailures.find(command, reply);
			if (failure == null && shown == CommandLabels.OTHER) {
				this.labels.learn(spec);
			}
			return reply;
		}
		catch (Throwable ex) {
			failure = ex;
			throw ex;
		}
		finally {
			end(span, observed, failure);
		}
	}

	private ObservedCommand observe(CommandObject<?> command, CommandSpec spec) {
		if (!(command instanceof PipelineCommand pipeline)) {
			return new ObservedCommand(this.client, spec.name(), null, 1,
					StoredProcedures.of(spec, command.getArguments()));
		}
		List<CommandObject<?>> commands = pipeline.getCommands();
		List<String> names = commands.stream().map((piped) -> specOf(piped).name()).distinct().toList();
		String operation = spec.name();
		if (names.size() == 1) {
			operation = (commands.size() == 1) ? names.get(0) : operation + " " + names.get(0);
		}
		return new ObservedCommand(this.client, operation, this.labels.limitPipeline(pipeline.getName()),
				commands.size(), (names.size() == 1) ? procedureOfAll(commands) : null);
	}

	private @Nullable String procedureOfAll(List<CommandObject<?>> commands) {
		Set<Optional<String>> procedures = commands.stream()
			.map((piped) -> Optional.ofNullable(StoredProcedures.of(specOf(piped), piped.getArguments())))
			.collect(Collectors.toSet());
		return (procedures.size() == 1) ? procedures.iterator().next().orElse(null) : null;
	}

	private CommandSpec specOf(CommandObject<?> command) {
		return this.labels.limit(CommandSpecs.of(command.getArguments()));
	}

	private Span start(ObservedCommand command) {
		Span.Builder span = this.tracer.spanBuilder().name(this.convention.name(command)).kind(Span.Kind.CLIENT);
		this.convention.startAttributes(command, new StartAttributes(span));
		Span parent = this.tracer.currentSpan();
		// Not every tracer's builder takes the current span by itself.
		return ((parent != null) ? span.setParent(parent.context()) : span).start();
	}

	private void end(Span span, ObservedCommand command, @Nullable Throwable failure) {
		try {
			if (failure != null) {
				span.error(new SpanError(failure));
			}
			this.convention.endAttributes(command, failure, new EndAttributes(span));
		}
		finally {
			span.end();
		}
	}

	private record StartAttributes(Span.Builder span) implements CommandSpanConvention.Attributes {

		@Override
		public void put(String key, String value) {
			this.span.tag(key, value);
		}

		@Override
		public void put(String key, long value) {
			this.span.tag(key, value);
		}

	}

	private record EndAttributes(Span span) implements CommandSpanConvention.Attributes {

		@Override
		public void put(String key, String value) {
			this.span.tag(key, value);
		}

		@Override
		public void put(String key, long value) {
			this.span.tag(key, value);
		}

	}

}
