package io.github.hotplate.retry;

import java.lang.reflect.Method;
import java.util.function.Predicate;

import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.resilience.retry.MethodRetryPredicate;

import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.CommandTimeoutException;

/**
 * Decides which failures are worth running code again for: Redis refused a command for
 * now, could not be reached, or its reply to a command that may run twice was lost. The
 * failure may be wrapped in others. Immutable and thread-safe.
 * <p>
 * Not retried: a command that may have run and must not run twice
 * ({@link AmbiguousExecutionException}), errors that a retry would meet again, and an
 * exhausted connection pool.
 * <p>
 * For service methods it is named in Spring's own annotation, as in
 * {@code @Retryable(predicate = RedisRetryPredicate.class)}.
 *
 * @since 0.1.0
 * @see RedisRetryTemplate
 */
public final class RedisRetryPredicate implements MethodRetryPredicate, Predicate<Throwable> {

	private final boolean nonIdempotent;

	/**
	 * Create a predicate that never retries code which may have run already.
	 */
	public RedisRetryPredicate() {
		this(false);
	}

	RedisRetryPredicate(boolean nonIdempotent) {
		this.nonIdempotent = nonIdempotent;
	}

	@Override
	public boolean shouldRetry(Method method, Throwable failure) {
		return test(failure);
	}

	/**
	 * Tell whether it is worth running the code again.
	 * @param failure how it ended
	 * @return whether that may pass
	 */
	@Override
	public boolean test(Throwable failure) {
		FailureKind kind = kind(failure);
		return kind == FailureKind.REFUSED || (kind == FailureKind.AMBIGUOUS && this.nonIdempotent);
	}

	// The outermost exception that says something decides: what is below an ambiguous
	// failure is a lost connection.
	private static FailureKind kind(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof RedisPipelineException pipeline && hasAmbiguousResult(pipeline)) {
				return FailureKind.AMBIGUOUS;
			}
			if (cause instanceof AmbiguousExecutionException) {
				return FailureKind.AMBIGUOUS;
			}
			// In place of an ambiguous failure, where the command may run twice.
			if (cause instanceof CommandTimeoutException || cause instanceof RedisConnectionFailureException) {
				return FailureKind.REFUSED;
			}
			FailureKind kind = FailureKind.of(cause);
			if (kind != FailureKind.FINAL) {
				return kind;
			}
		}
		return FailureKind.FINAL;
	}

	private static boolean hasAmbiguousResult(RedisPipelineException pipeline) {
		return pipeline.getPipelineResult().stream().anyMatch(AmbiguousExecutionException.class::isInstance);
	}

}
