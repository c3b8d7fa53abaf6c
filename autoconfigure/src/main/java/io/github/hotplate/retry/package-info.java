/**
 * Decides which failures are retried, when, and how often.
 * <p>
 * Internal except for {@link RedisRetryTemplate}, {@link RedisRetryPredicate} and
 * {@link RetryListener}: may change without notice.
 */
@NullMarked
package io.github.hotplate.retry;

import org.jspecify.annotations.NullMarked;
