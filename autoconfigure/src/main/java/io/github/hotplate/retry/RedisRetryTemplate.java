package io.github.hotplate.retry;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.util.backoff.BackOff;

import io.github.hotplate.config.ClientConfig;

/**
 * Runs code, and runs it again when Redis was not there for it: by the rules, as often,
 * with the pauses and up to the deadline that the client's {@code retry} keys give for a
 * single command. Thread-safe.
 * <p>
 * The code is run again as a whole, with what it had done before it failed. So it should
 * be such that running twice does no harm, whatever it consists of; only a command that
 * may itself have run already keeps it from being repeated, unless the client says
 * {@code retry.non_idempotent}. Commands of the client have repetitions of their own; the
 * template is for code that has to begin anew as a whole, such as a transaction that
 * watches keys, and for Redis clients that repeat nothing.
 * <p>
 * The wrapper of the retry pattern, {@code redis_command(command, *args)}.
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
