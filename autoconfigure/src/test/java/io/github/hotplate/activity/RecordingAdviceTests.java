package io.github.hotplate.activity;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;
import org.mockito.Mockito;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.command.Commands;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link RecordingAdvice}.
 */
class RecordingAdviceTests {

	private final CommandExecutor redis = Mockito.mock(CommandExecutor.class);

	private final CommandObject<Object> get = Commands.command("GET a");

	private final MonitoringFailures failures = new MonitoringFailures();

	private final List<String> told = new ArrayList<>();

	@AfterEach
	void nothingIsLeftOnThread() {
		assertThat(CallRecord.current()).isNull();
	}

	@Test
	void listenersAreToldOfCallThatHasEnded() {
		BDDMockito.given(this.redis.executeCommand(this.get)).willReturn("reply");
		assertThat(chain().executeCommand(this.get)).isEqualTo("reply");
		assertThat(this.told).containsExactly("GET");
	}

	@Test
	void failureIsThatOfTheCall() {
		BDDMockito.given(this.redis.executeCommand(this.get)).willThrow(new IllegalStateException("lost"));
		assertThatIllegalStateException().isThrownBy(() -> chain().executeCommand(this.get));
		assertThat(this.told).containsExactly("GET lost");
	}

	@Test
	void errorLeavesNothingOnThread() {
		BDDMockito.given(this.redis.executeCommand(this.get)).willThrow(new StackOverflowError("deep"));
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> chain().executeCommand(this.get));
		assertThat(this.told).containsExactly("GET deep");
	}

	@Test
	void failureWithinPipelineIsThatOfTheCall() {
		PipelineCommand pipeline = new PipelineCommand("", List.of(this.get, this.get));
		BDDMockito.given(this.redis.executeCommand(pipeline))
			.willReturn(List.of("reply", new IllegalStateException("refused")));
		chain().executeCommand(pipeline);
		assertThat(this.told).containsExactly("PIPELINE refused");
	}

	@Test
	void failingListenerIsCountedAndOthersAreTold() {
		BDDMockito.given(this.redis.executeCommand(this.get)).willReturn("reply");
		CallListener failing = (call) -> {
			throw new IllegalStateException("listener fails");
		};
		CommandExecutorChain chain = new CommandExecutorChain(this.redis,
				List.of(new RecordingAdvice("foo", List.of(failing, this::note), this.failures)));
		assertThat(chain.executeCommand(this.get)).isEqualTo("reply");
		assertThat(this.told).containsExactly("GET");
		assertThat(this.failures.count(Part.LISTENER)).isOne();
	}

	@Test
	void listenerOfAnotherVersionIsCountedAndOthersAreTold() {
		BDDMockito.given(this.redis.executeCommand(this.get)).willReturn("reply");
		CallListener failing = (call) -> {
			throw new NoSuchMethodError("listener fails");
		};
		CommandExecutorChain chain = new CommandExecutorChain(this.redis,
				List.of(new RecordingAdvice("foo", List.of(failing, this::note), this.failures)));
		assertThat(chain.executeCommand(this.get)).isEqualTo("reply");
		assertThat(this.told).containsExactly("GET");
		assertThat(this.failures.count(Part.LISTENER)).isOne();
	}

	@Test
	void failingEventIsCountedAndListenersAreTold() {
		BDDMockito.given(this.redis.executeCommand(this.get)).willReturn("reply");
		CallEvents events = () -> (call) -> {
			throw new IllegalStateException("event fails");
		};
		CommandExecutorChain chain = new CommandExecutorChain(this.redis,
				List.of(new RecordingAdvice(events, List.of(this::note), this.failures, System::nanoTime)));
		assertThat(chain.executeCommand(this.get)).isEqualTo("reply");
		assertThat(this.told).containsExactly("GET");
		assertThat(this.failures.count(Part.LISTENER)).isOne();
	}

	@Test
	void callsOfUsersAdviceAreNested() {
		BDDMockito.given(this.redis.executeCommand(this.get)).willReturn("reply");
		CommandObject<Object> audit = Commands.command("INCR audit");
		List<CommandExecutorChain> chain = new ArrayList<>();
		MethodInterceptor auditing = (invocation) -> {
			if (invocation.getArguments()[0] == this.get) {
				CallRecord outer = CallRecord.current();
				chain.get(0).executeCommand(audit);
				assertThat(CallRecord.current()).isSameAs(outer);
			}
			return invocation.proceed();
		};
		chain.add(chain(auditing));
		assertThat(chain.get(0).executeCommand(this.get)).isEqualTo("reply");
		assertThat(this.told).containsExactly("INCR", "GET");
	}

	@Test
	void adviceMayProceedOnAnotherThread() {
		BDDMockito.given(this.redis.executeCommand(this.get)).will((invocation) -> {
			assertThat(CallRecord.current()).isNull();
			CallRecord.retried();
			return "reply";
		});
		MethodInterceptor elsewhere = (invocation) -> CompletableFuture.supplyAsync(() -> proceed(invocation)).join();
		assertThat(chain(elsewhere).executeCommand(this.get)).isEqualTo("reply");
		assertThat(this.told).containsExactly("GET");
	}

	private static @Nullable Object proceed(MethodInvocation invocation) {
		try {
			return invocation.proceed();
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

	private CommandExecutorChain chain(MethodInterceptor... inner) {
		List<MethodInterceptor> advice = new ArrayList<>();
		advice.add(new RecordingAdvice("foo", List.of(this::note), this.failures));
		advice.addAll(List.of(inner));
		return new CommandExecutorChain(this.redis, advice);
	}

	private void note(CallRecord call) {
		Throwable failure = call.failure();
		this.told.add(call.spec().name() + ((failure != null) ? " " + failure.getMessage() : ""));
	}

}
