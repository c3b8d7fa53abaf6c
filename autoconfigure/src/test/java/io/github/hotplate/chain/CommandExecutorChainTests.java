package io.github.hotplate.chain;

import java.util.ArrayList;
import java.util.List;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.Commands;
import io.github.hotplate.execution.SwitchableAdvice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

/**
 * Tests for {@link CommandExecutorChain}.
 */
class CommandExecutorChainTests {

	private final CommandExecutor router = mock();

	private final CommandObject<Object> command = Commands.command("GET key");

	private final List<String> events = new ArrayList<>();

	@Test
	void firstAdviceIsOutermost() {
		given(this.router.executeCommand(this.command)).willAnswer((invocation) -> {
			this.events.add("router");
			return "reply";
		});
		CommandExecutorChain chain = new CommandExecutorChain(this.router, List.of(advice("outer"), advice("inner")));
		assertThat(chain.executeCommand(this.command)).isEqualTo("reply");
		assertThat(this.events).containsExactly("outer", "inner", "router", "inner ends", "outer ends");
	}

	@Test
	void withoutAdviceCommandsGoToRouter() {
		given(this.router.executeCommand(this.command)).willReturn("reply");
		assertThat(new CommandExecutorChain(this.router, List.of()).executeCommand(this.command)).isEqualTo("reply");
	}

	@Test
	void switchableAdviceIsInTheChainOnlyWhileItIsInUse() {
		given(this.router.executeCommand(this.command)).willReturn("reply");
		Switch advice = new Switch();
		CommandExecutorChain chain = new CommandExecutorChain(this.router, List.of(advice("outer"), advice));
		chain.executeCommand(this.command);
		assertThat(this.events).containsExactly("outer", "outer ends");
		this.events.clear();
		advice.turn(true);
		chain.executeCommand(this.command);
		assertThat(this.events).containsExactly("outer", "switchable", "outer ends");
		this.events.clear();
		advice.turn(false);
		chain.executeCommand(this.command);
		assertThat(this.events).containsExactly("outer", "outer ends");
	}

	@Test
	void closeClosesAdviceAndNotRouter() {
		new CommandExecutorChain(this.router,
				List.of(advice("plain"), new CloseableAdvice("first"), new CloseableAdvice("second")))
			.close();
		assertThat(this.events).containsExactly("close first", "close second");
		verifyNoInteractions(this.router);
	}

	@Test
	void adviceThatFailsToCloseDoesNotKeepOthersOpen() {
		new CommandExecutorChain(this.router, List.of(new CloseableAdvice("failing"), new CloseableAdvice("second")))
			.close();
		assertThat(this.events).containsExactly("close failing", "close second");
	}

	private MethodInterceptor advice(String name) {
		return (invocation) -> {
			this.events.add(name);
			Object reply = invocation.proceed();
			this.events.add(name + " ends");
			return reply;
		};
	}

	private final class Switch implements SwitchableAdvice {

		private Runnable listener = () -> {
		};

		private boolean active;

		void turn(boolean active) {
			this.active = active;
			this.listener.run();
		}

		@Override
		public boolean isActive() {
			return this.active;
		}

		@Override
		public void onSwitch(Runnable listener) {
			this.listener = listener;
		}

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			CommandExecutorChainTests.this.events.add("switchable");
			return invocation.proceed();
		}

	}

	private final class CloseableAdvice implements MethodInterceptor, AutoCloseable {

		private final String name;

		CloseableAdvice(String name) {
			this.name = name;
		}

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			return invocation.proceed();
		}

		@Override
		public void close() {
			CommandExecutorChainTests.this.events.add("close " + this.name);
			if (this.name.equals("failing")) {
				throw new IllegalStateException("expected");
			}
		}

	}

}
