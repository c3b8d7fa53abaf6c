package io.github.hotplate.observation;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.activity.CommandLabels;
import io.github.hotplate.activity.UnknownCommands;
import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.execution.CrossSlotException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link TracingAdvice}.
 */
class TracingAdviceTests {

	private static final ObservedClient FOO = new ObservedClient("foo", 0, "redis.example", 7000);

	private final SimpleTracer tracer = new SimpleTracer();

	private final CommandExecutor redis = mock();

	private final CommandExecutor client = new CommandExecutorChain(this.redis,
			List.of(new TracingAdvice(FOO, new BaseplateSpanConvention(), this.tracer)));

	private final CommandObject<?> get = command(new CommandArguments(Command.GET));

	private final CommandObject<?> set = command(new CommandArguments(Command.SET));

	@Test
	void spanIsNamedAndDescribed() {
		this.client.executeCommand(this.get);
		SimpleSpan span = this.tracer.onlySpan();
		assertThat(span.getName()).isEqualTo("foo.GET");
		assertThat(span.getKind()).isEqualTo(Span.Kind.CLIENT);
		assertThat(span.getTags())
			.containsExactlyInAnyOrderEntriesOf(Map.of("db.system.name", "redis", "db.operation.name", "GET",
					"db.namespace", "0", "server.address", "redis.example", "server.port", "7000"));
		assertThat(span.getEndTimestamp()).isAfter(Instant.EPOCH);
		assertThat(span.getError()).isNull();
	}

	@Test
	void spanOfSubcommandNamesBothWords() {
		this.client.executeCommand(command(new CommandArguments(Command.CONFIG).add("get")));
		assertThat(this.tracer.onlySpan().getName()).isEqualTo("foo.CONFIG GET");
	}

	@Test
	void spansOfUnknownCommandsHaveBoundedNumberOfNames() {
		CommandLabels labels = new CommandLabels();
		IntStream.range(0, 100).forEach((i) -> labels.learn(UnknownCommands.unknown(i)));
		CommandExecutor client = new CommandExecutorChain(this.redis,
				List.of(new TracingAdvice(FOO, new BaseplateSpanConvention(), this.tracer, labels)));
		CommandObject<?> unknown = command(new CommandArguments(() -> new byte[] { 'X' }));
		client.executeCommand(unknown);
		assertThat(this.tracer.onlySpan().getName()).isEqualTo("foo.OTHER");
		assertThat(this.tracer.onlySpan().getTags()).containsEntry("db.operation.name", "OTHER");
		client.executeCommand(new PipelineCommand("", List.of(unknown, unknown)));
		assertThat(this.tracer.lastSpan().getTags()).containsEntry("db.operation.name", "PIPELINE OTHER");
	}

	@Test
	void spanOfUnknownCommandHasItsNameOnceRedisHasRunIt() {
		CommandExecutor client = new CommandExecutorChain(this.redis,
				List.of(new TracingAdvice(FOO, new BaseplateSpanConvention(), this.tracer, new CommandLabels())));
		CommandObject<?> unknown = command(new CommandArguments(() -> new byte[] { 'X' }));
		given(this.redis.executeCommand(any())).willThrow(new JedisDataException("ERR unknown command 'X'"))
			.willReturn("OK");
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(() -> client.executeCommand(unknown));
		client.executeCommand(unknown);
		client.executeCommand(unknown);
		assertThat(this.tracer.getSpans()).extracting(SimpleSpan::getName)
			.containsExactly("foo.OTHER", "foo.OTHER", "foo.X");
	}

	@Test
	void spansOfPipelinesHaveBoundedNumberOfNames() {
		CommandExecutor client = new CommandExecutorChain(this.redis,
				List.of(new TracingAdvice(FOO, new BaseplateSpanConvention(), this.tracer, new CommandLabels())));
		IntStream.range(0, 101).forEach((i) -> client.executeCommand(new PipelineCommand("p" + i, List.of())));
		assertThat(this.tracer.getSpans()).extracting(SimpleSpan::getName)
			.contains("foo.pipeline_p0", "foo.pipeline_p99")
			.endsWith("foo.pipeline");
	}

	@Test
	void spanIsCurrentWhileCommandRuns() {
		given(this.redis.executeCommand(this.get)).willAnswer((invocation) -> {
			assertThat(this.tracer.currentSpan()).isNotNull().isSameAs(this.tracer.getSpans().peekLast());
			return null;
		});
		this.client.executeCommand(this.get);
		verify(this.redis).executeCommand(this.get);
		assertThat(this.tracer.currentSpan()).isNull();
	}

	@Test
	void parentIsCurrentSpan() {
		Span request = this.tracer.nextSpan().name("request").start();
		try (Tracer.SpanInScope scope = this.tracer.withSpan(request)) {
			this.client.executeCommand(this.get);
		}
		SimpleSpan span = this.tracer.getSpans().peekLast();
		assertThat(span.getName()).isEqualTo("foo.GET");
		assertThat(span.context().parentId()).isEqualTo(request.context().spanId());
		assertThat(span.context().traceId()).isEqualTo(request.context().traceId());
	}

	@Test
	void pipelineIsOneSpan() {
		this.client.executeCommand(new PipelineCommand("warm-up", List.of(this.get, this.set)));
		SimpleSpan span = this.tracer.onlySpan();
		assertThat(span.getName()).isEqualTo("foo.pipeline_warm-up");
		assertThat(span.getTags()).containsEntry("db.operation.name", "PIPELINE")
			.containsEntry("db.operation.batch.size", "2");
	}

	@Test
	void pipelineOfOneKindNamesTheKind() {
		this.client.executeCommand(new PipelineCommand("", List.of(this.get, this.get)));
		SimpleSpan span = this.tracer.onlySpan();
		assertThat(span.getName()).isEqualTo("foo.pipeline");
		assertThat(span.getTags()).containsEntry("db.operation.name", "PIPELINE GET");
	}

	@Test
	void pipelineOfOneCommandIsNoBatch() {
		this.client.executeCommand(new PipelineCommand("", List.of(this.get)));
		assertThat(this.tracer.onlySpan().getTags()).containsEntry("db.operation.name", "GET")
			.doesNotContainKey("db.operation.batch.size");
	}

	@Test
	void pipelineTellsItsFirstFailure() {
		PipelineCommand pipeline = new PipelineCommand("", List.of(this.get, this.set));
		given(this.redis.executeCommand(pipeline))
			.willReturn(List.of("hello", new JedisDataException("WRONGTYPE Operation against a key")));
		this.client.executeCommand(pipeline);
		assertThat(this.tracer.onlySpan().getTags()).containsEntry("error.type", "WRONGTYPE");
	}

	@Test
	void errorReplyIsToldByItsFirstWord() {
		JedisDataException failure = new JedisDataException("WRONGTYPE Operation against a key");
		given(this.redis.executeCommand(this.get)).willThrow(failure);
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(() -> this.client.executeCommand(this.get));
		SimpleSpan span = this.tracer.onlySpan();
		assertThat(span.getError()).hasToString("WRONGTYPE").hasStackTraceContaining("errorReplyIsToldByItsFirstWord");
		assertThat(span.getTags()).containsEntry("db.response.status_code", "WRONGTYPE")
			.containsEntry("error.type", "WRONGTYPE");
		assertThat(span.getEndTimestamp()).isAfter(Instant.EPOCH);
	}

	@Test
	void otherFailureIsToldByItsType() {
		given(this.redis.executeCommand(this.get)).willThrow(new JedisConnectionException("reset"));
		assertThatExceptionOfType(JedisConnectionException.class)
			.isThrownBy(() -> this.client.executeCommand(this.get));
		assertThat(this.tracer.onlySpan().getTags())
			.containsEntry("error.type", JedisConnectionException.class.getName())
			.doesNotContainKey("db.response.status_code");
	}

	@Test
	void errorOfScriptIsToldByItsType() {
		given(this.redis.executeCommand(this.get)).willThrow(new JedisDataException("ORDER42 is taken"));
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(() -> this.client.executeCommand(this.get));
		assertThat(this.tracer.onlySpan().getTags()).containsEntry("error.type", JedisDataException.class.getName())
			.doesNotContainKey("db.response.status_code");
	}

	@Test
	void keysOfSeveralSlotsDoNotReachSpan() {
		assertThatSpanHidesMessageOf(new CrossSlotException("The keys 'secret' and 'other' hash to several slots"));
	}

	@Test
	void argumentsOfUnknownCommandDoNotReachSpan() {
		assertThatSpanHidesMessageOf(
				new JedisDataException("ERR unknown command 'X', with args beginning with: 'secret'"));
	}

	@Test
	void messageOfCauseDoesNotReachSpan() {
		assertThatSpanHidesMessageOf(new JedisConnectionException("lost", new IllegalStateException("secret")));
	}

	private void assertThatSpanHidesMessageOf(RuntimeException failure) {
		given(this.redis.executeCommand(this.get)).willThrow(failure);
		assertThatExceptionOfType(failure.getClass()).isThrownBy(() -> this.client.executeCommand(this.get));
		SimpleSpan span = this.tracer.onlySpan();
		assertThat(span.getTags().values()).noneMatch((value) -> value.contains("secret"));
		Throwable error = span.getError();
		assertThat(error).hasMessage(null).hasNoCause();
		assertThat(error.getSuppressed()).isEmpty();
		StringWriter recorded = new StringWriter();
		error.printStackTrace(new PrintWriter(recorded));
		assertThat(recorded.toString()).startsWith(span.getTags().get("error.type"))
			.doesNotContain("secret", "other", "unknown command", "lost");
	}

	private static CommandObject<?> command(CommandArguments arguments) {
		return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
	}

}
