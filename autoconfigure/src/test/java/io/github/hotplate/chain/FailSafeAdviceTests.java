package io.github.hotplate.chain;

import java.util.List;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.observation.BaseplateSpanConvention;
import io.github.hotplate.observation.ObservedClient;
import io.github.hotplate.observation.TracingAdvice;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link FailSafeAdvice}.
 */
class FailSafeAdviceTests {

	private static final IllegalStateException BROKEN = new IllegalStateException("broken");

	private final CommandExecutor redis = mock();

	private final MonitoringFailures failures = new MonitoringFailures();

	private final CommandObject<String> get = new CommandObject<>(new CommandArguments(Command.GET),
			BuilderFactory.STRING);

	@Test
	void commandRunsOnceWhateverObserverDoesWrong() {
		given(this.redis.executeCommand(this.get)).willReturn("value");
		assertThat(run((invocation) -> {
			throw BROKEN;
		})).isEqualTo("value");
		assertThat(run((invocation) -> {
			assertThat(invocation.proceed()).isEqualTo("value");
			throw BROKEN;
		})).isEqualTo("value");
		verify(this.redis, times(2)).executeCommand(this.get);
		assertThat(this.failures.count(Part.TRACING)).isEqualTo(2);
	}

	@Test
	void failureOfCommandIsNotHiddenByObservers() {
		JedisDataException failure = new JedisDataException("WRONGTYPE");
		given(this.redis.executeCommand(this.get)).willThrow(failure);
		for (MethodInterceptor observer : List.<MethodInterceptor>of((invocation) -> {
			try {
				return invocation.proceed();
			}
			finally {
				fail();
			}
		}, (invocation) -> {
			fail();
			return null;
		})) {
			assertThatExceptionOfType(JedisDataException.class).isThrownBy(() -> run(observer)).isSameAs(failure);
		}
		assertThat(this.failures.count(Part.TRACING)).isEqualTo(2);
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(() -> run((invocation) -> invocation.proceed()))
			.isSameAs(failure);
		assertThat(this.failures.count(Part.TRACING)).isEqualTo(2);
	}

	@Test
	void throwingTracerBreaksNoCommand() {
		given(this.redis.executeCommand(this.get)).willReturn("value");
		Tracer tracer = mock();
		given(tracer.spanBuilder()).willThrow(BROKEN);
		assertThat(run(new TracingAdvice(new ObservedClient("foo", 0, "redis.example", 7000),
				new BaseplateSpanConvention(), tracer)))
			.isEqualTo("value");
		Span span = mock();
		Tracer late = mock();
		Span.Builder builder = mock(Span.Builder.class, RETURNS_SELF);
		given(late.spanBuilder()).willReturn(builder);
		given(builder.start()).willReturn(span);
		given(late.withSpan(any())).willReturn(() -> {
		});
		willThrow(BROKEN).given(span).end();
		assertThat(run(new TracingAdvice(new ObservedClient("foo", 0, "redis.example", 7000),
				new BaseplateSpanConvention(), late)))
			.isEqualTo("value");
		verify(this.redis, times(2)).executeCommand(this.get);
	}

	private String run(MethodInterceptor observer) {
		return new CommandExecutorChain(this.redis, List.of(new FailSafeAdvice(observer, Part.TRACING, this.failures)))
			.executeCommand(this.get);
	}

	private static void fail() {
		throw BROKEN;
	}

}
