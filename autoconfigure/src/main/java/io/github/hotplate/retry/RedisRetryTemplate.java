package io.github.hotplate.retry;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.util.backoff.BackOff;

import io.github.hotplate.config.ClientConfig;

/**
 * Runs any code under a client's retry policy: the same rules, attempts, pauses and
 * deadline that the {@code retry} properties give for a single command. Thread-safe.
 * <p>
 * The code runs again as a whole, including what it did before it failed, so running it
 * twice must do no harm. It is not retried if it failed because a command may have run,
 * unless the client sets {@code retry.non_idempotent}. The client's commands are retried
 * on their own; the template is for code that must start over, such as a transaction that
 * watches keys, and for Redis clients without retries.
 * <p>
 * This is the retry pattern's wrapper {@code redis_command(command, *args)}.
 *
 * @since 0.1.0
 * @see RedisRetryPredicate
 */
public final class RedisRetryTemplate {

	private final RetryPolicy policy;

	private final RetryTemplate template;

	/**
	 * Create a template.
	 * @param client the client whose policy it has
	 */
	public RedisRetryTemplate(ClientConfig client) {
		this.policy = new Policy(new RedisRetryPredicate(client.retries().nonIdempotent()), client.retries().deadline(),
				new RetryPauses(client));
		this.template = new RetryTemplate(this.policy);
	}

	/**
	 * Run code until it succeeds or the policy ends.
	 * @param <T> the type of its result
	 * @param code the code
	 * @return its result
	 * @throws RuntimeException the failure of the last attempt, as it was; also where the
	 * thread is interrupted in a pause, whose interrupted state is set then
	 */
	public <T extends @Nullable Object> T execute(Supplier<T> code) {
		return this.template.invoke(code);
	}

	/**
	 * Run code that has no result until it succeeds or the policy ends.
	 * @param code the code
	 * @throws RuntimeException the failure of the last attempt, as it was
	 */
	public void execute(Runnable code) {
		this.template.invoke(code);
	}

	/**
	 * Return the policy, for a {@link RetryTemplate} with listeners of its own.
	 * @return the policy
	 */
	public RetryPolicy policy() {
		return this.policy;
	}

	private record Policy(RedisRetryPredicate predicate, Duration timeout, BackOff backOff) implements RetryPolicy {

		@Override
		public boolean shouldRetry(Throwable failure) {
			return this.predicate.test(failure);
		}

		@Override
		public Duration getTimeout() {
			return this.timeout;
		}

		@Override
		public BackOff getBackOff() {
			return this.backOff;
		}

	}

}
