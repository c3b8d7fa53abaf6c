package io.github.hotplate.chain;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.ProxyMethodInvocation;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.Commands;
import io.github.hotplate.execution.CommandInvocation;
import io.github.hotplate.execution.SpecifiedCommandExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ChainInvocation}.
 */
class ChainInvocationTests {

	private final CommandExecutor router = mock();

	private final CommandObject<Object> get = Commands.command("GET key");

	private final CommandObject<Object> other = Commands.command("GET other");

	@Test
	void specificationIsLookedUpOnceAndPassedToTheRouter() {
		SpecifiedCommandExecutor specified = mock();
		MethodInterceptor advice = (invocation) -> {
			assertThat(CommandInvocation.specOf(invocation).name()).isEqualTo("GET");
			return invocation.proceed();
		};
		new CommandExecutorChain(specified, List.of(advice, advice)).executeCommand(this.get);
		then(specified).should().executeCommand(this.get, CommandSpecs.of(this.get.getArguments()));
	}

	@Test
	void adviceMayProceedMoreThanOnceAndWithAnotherCommand() {
		given(this.router.executeCommand(this.get)).willReturn("first", "second");
		given(this.router.executeCommand(this.other)).willReturn("other");
		MethodInterceptor advice = (invocation) -> invocation.proceed() + " " + invocation.proceed() + " "
				+ CommandInvocation.proceed(invocation, this.other);
		assertThat(execute(advice)).isEqualTo("first second other");
	}

	@Test
	void anotherCommandIsNotSeenByAdviceOutside() {
		given(this.router.executeCommand(this.other)).willReturn("other");
		MethodInterceptor outer = (invocation) -> {
			Object reply = invocation.proceed();
			assertThat(invocation.getArguments()).containsExactly(this.get);
			return reply;
		};
		MethodInterceptor inner = (invocation) -> CommandInvocation.proceed(invocation, this.other);
		assertThat(execute(outer, inner)).isEqualTo("other");
	}

	@Test
	void argumentsCanBeChangedAsInAnyInvocation() {
		given(this.router.executeCommand(this.other)).willReturn("other");
		assertThat(execute((invocation) -> {
			invocation.getArguments()[0] = this.other;
			return invocation.proceed();
		})).isEqualTo("other");
		assertThat(execute((invocation) -> {
			((ProxyMethodInvocation) invocation).setArguments(this.other);
			return ((ProxyMethodInvocation) invocation).invocableClone().proceed();
		})).isEqualTo("other");
		assertThat(execute((invocation) -> ((ProxyMethodInvocation) invocation).invocableClone(this.other).proceed()))
			.isEqualTo("other");
		assertThatIllegalArgumentException().isThrownBy(() -> execute((invocation) -> {
			((ProxyMethodInvocation) invocation).setArguments("GET", "key");
			return null;
		}));
	}

	@Test
	void invocationDescribesItself() throws NoSuchMethodException {
		var method = CommandExecutor.class.getMethod("executeCommand", CommandObject.class);
		execute((invocation) -> {
			assertThat(invocation.getMethod()).isEqualTo(method);
			assertThat(invocation.getStaticPart()).isEqualTo(method);
			assertThat(invocation.getThis()).isSameAs(this.router);
			ProxyMethodInvocation proxied = (ProxyMethodInvocation) invocation;
			assertThat(proxied.getProxy()).isInstanceOf(CommandExecutorChain.class);
			assertThat(proxied.getUserAttribute("name")).isNull();
			proxied.setUserAttribute("name", "value");
			assertThat(proxied.getUserAttribute("name")).isEqualTo("value");
			proxied.setUserAttribute("name", null);
			assertThat(proxied.getUserAttribute("name")).isNull();
			return null;
		});
	}

	@Test
	void checkedExceptionsOfAdviceAreWrappedAsByAnyProxy() {
		IOException failure = new IOException("expected");
		assertThatExceptionOfType(UndeclaredThrowableException.class).isThrownBy(() -> execute((invocation) -> {
			throw failure;
		})).withCause(failure);
	}

	private Object execute(MethodInterceptor... advice) {
		return new CommandExecutorChain(this.router, List.of(advice)).executeCommand(this.get);
	}

}
