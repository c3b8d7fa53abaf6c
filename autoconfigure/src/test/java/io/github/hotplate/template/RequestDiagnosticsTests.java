package io.github.hotplate.template;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.PipelineCommand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link RequestDiagnostics}.
 */
class RequestDiagnosticsTests {

	private final RequestDiagnostics diagnostics = new RequestDiagnostics(System::nanoTime);

	private final CommandExecutor delegate = mock();

	private final CommandExecutor executor = new WatchedExecutor(this.delegate, () -> this.diagnostics);

	private final CommandObject<String> command = new CommandObject<>(new CommandArguments(Command.GET),
			BuilderFactory.STRING);

	@Test
	void beginEmpty() {
		assertThat(this.diagnostics).hasToString("0 commands, 0 failed, 0 ms");
		assertThat(this.diagnostics.time()).isZero();
	}

	@Test
	void countCommandsAndTheirTime() {
		given(this.delegate.executeCommand(this.command)).willReturn("hello");
		assertThat(this.executor.executeCommand(this.command)).isEqualTo("hello");
		this.executor.executeCommand(this.command);
		assertThat(this.diagnostics.commands()).isEqualTo(2);
		assertThat(this.diagnostics.failures()).isZero();
		assertThat(this.diagnostics.time()).isPositive().isLessThan(Duration.ofMinutes(1));
	}

	@Test
	void countFailuresAmongCommands() {
		given(this.delegate.executeCommand(any())).willThrow(new IllegalStateException("broken"));
		assertThatIllegalStateException().isThrownBy(() -> this.executor.executeCommand(this.command))
			.withMessage("broken");
		assertThat(this.diagnostics.commands()).isOne();
		assertThat(this.diagnostics.failures()).isOne();
		assertThat(this.diagnostics.time()).isPositive();
	}

	@Test
	void countPipelineOfWhichOneCommandFailedAsFailure() {
		PipelineCommand pipeline = new PipelineCommand("", List.of(this.command, this.command));
		given(this.delegate.executeCommand(pipeline)).willReturn(List.of("hello", new IllegalStateException("broken")));
		this.executor.executeCommand(pipeline);
		assertThat(this.diagnostics.commands()).isOne();
		assertThat(this.diagnostics.failures()).isOne();
	}

	@Test
	void leaveClientOpen() throws Exception {
		this.executor.close();
		verify(this.delegate, never()).close();
	}

}
