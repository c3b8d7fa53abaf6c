package io.github.hotplate.chain;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * Advice around advice that only observes: even if that fails, the command runs once, and
 * its caller gets its outcome. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FailSafeAdvice implements MethodInterceptor, AutoCloseable {

	private final MethodInterceptor observer;

	private final Part part;

	private final MonitoringFailures failures;

	/**
	 * Create advice.
	 * @param observer advice that only observes
	 * @param part what it is part of
	 * @param failures is told when it fails
	 */
	public FailSafeAdvice(MethodInterceptor observer, Part part, MonitoringFailures failures) {
		this.observer = observer;
		this.part = part;
		this.failures = failures;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		ObservedInvocation observed = new ObservedInvocation(invocation);
		try {
			return this.observer.invoke(observed);
		}
		catch (Throwable ex) {
			if (ex == observed.failure) {
				throw ex;
			}
			this.failures.noteUnlessFatal(this.part, ex);
			return observed.outcome();
		}
	}

	@Override
	public void close() throws Exception {
		if (this.observer instanceof AutoCloseable closeable) {
			closeable.close();
		}
	}

	/**
	 * Remembers how the command ended.
	 */
	private static final class ObservedInvocation implements MethodInvocation {

		private final MethodInvocation invocation;

		private boolean run;

		private @Nullable Object reply;

		private @Nullable Throwable failure;

		ObservedInvocation(MethodInvocation invocation) {
			this.invocation = invocation;
		}

		@Override
		public @Nullable Object proceed() throws Throwable {
			this.run = true;
			try {
				this.reply = this.invocation.proceed();
				return this.reply;
			}
			catch (Throwable ex) {
				this.failure = ex;
				throw ex;
			}
		}

		@Nullable Object outcome() throws Throwable {
			if (!this.run) {
				return this.invocation.proceed();
			}
			if (this.failure != null) {
				throw this.failure;
			}
			return this.reply;
		}

		@Override
		public Method getMethod() {
			return this.invocation.getMethod();
		}

		@Override
		public @Nullable Object[] getArguments() {
			return this.invocation.getArguments();
		}

		@Override
		public @Nullable Object getThis() {
			return this.invocation.getThis();
		}

		@Override
		public AccessibleObject getStaticPart() {
			return this.invocation.getStaticPart();
		}

	}

}
