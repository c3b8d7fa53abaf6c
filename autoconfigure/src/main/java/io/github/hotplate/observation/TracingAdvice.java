package io.github.hotplate.observation;

import java.util.List;
import java.util.Set;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.activity.CommandLabels;
import io.github.hotplate.command.CommandFailures;
import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.execution.CommandAdvice;
import io.github.hotplate.execution.CommandInvocation;

/**
 * Records each command of a client as a span, a child of the current one, named as
 * baseplate names it and with OpenTelemetry's attributes. Thread-safe.
 *
 * @since 0.1.0
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/db/redis/">OpenTelemetry's
 * conventions for Redis</a>
 */
public final class TracingAdvice extends CommandAdvice {

	private final String client;

	private final String database;

	private final Tracer tracer;

	private final CommandLabels labels;

	/**
	 * Create advice.
	 * @param client the client's name, with which its spans' names begin
	 * @param database the index of the database
	 * @param tracer makes the spans
	 */
	public TracingAdvice(String client, int database, Tracer tracer) {
		this(client, database, tracer, CommandLabels.SHARED);
	}

	TracingAdvice(String client, int database, Tracer tracer, CommandLabels labels) {
		this.client = client;
		this.database = String.valueOf(database);
		this.tracer = tracer;
		this.labels = labels;
	}

	@Override
	protected @Nullable Object invoke(CommandObject<?> command, MethodInvocation invocation) throws Throwable {
		CommandSpec spec = CommandInvocation.specOf(invocation);
		CommandSpec shown = this.labels.limit(spec);
		Span span = start(command, shown);
		try (Tracer.SpanInScope scope = this.tracer.withSpan(span)) {
			Object reply = invocation.proceed();
			Throwable failure = CommandFailures.find(command, reply);
			if (failure != null) {
				fail(span, failure);
			}
			else if (shown == CommandLabels.OTHER) {
				this.labels.learn(spec);
			}
			return reply;
		}
		catch (Throwable ex) {
			fail(span, ex);
			throw ex;
		}
		finally {
			span.end();
		}
	}

	private Span start(CommandObject<?> command, CommandSpec spec) {
		Span.Builder span = this.tracer.spanBuilder()
			.name(spanName(spec, command))
			.kind(Span.Kind.CLIENT)
			.tag("db.system.name", "redis")
			.tag("db.operation.name", operationName(spec, command))
			.tag("db.namespace", this.database);
		if (command instanceof PipelineCommand pipeline && pipeline.getCommands().size() > 1) {
			span.tag("db.operation.batch.size", pipeline.getCommands().size());
		}
		Span parent = this.tracer.currentSpan();
		// Not every tracer's builder takes the current span by itself.
		return ((parent != null) ? span.setParent(parent.context()) : span).start();
	}

	private String operationName(CommandSpec spec, CommandObject<?> command) {
		if (!(command instanceof PipelineCommand pipeline)) {
			return spec.name();
		}
		List<String> names = pipeline.getCommands().stream().map((piped) -> specOf(piped).name()).toList();
		if (names.size() == 1) {
			return names.get(0);
		}
		return (Set.copyOf(names).size() == 1) ? spec.name() + " " + names.get(0) : spec.name();
	}

	private String spanName(CommandSpec spec, CommandObject<?> command) {
		if (command instanceof PipelineCommand pipeline) {
			String name = this.labels.limitPipeline(pipeline.getName());
			return this.client + ".pipeline" + (name.isEmpty() ? "" : "_" + name);
		}
		return this.client + "." + spec.name();
	}

	private CommandSpec specOf(CommandObject<?> command) {
		return this.labels.limit(CommandSpecs.of(command.getArguments()));
	}

	private static void fail(Span span, Throwable failure) {
		String code = ErrorReply.of(failure).code();
		if (code != null) {
			span.tag("db.response.status_code", code);
		}
		span.tag("error.type", ErrorType.of(failure));
		span.error(new SpanError(failure));
	}

}
