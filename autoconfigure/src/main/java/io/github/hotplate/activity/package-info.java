/**
 * What calls do to Redis: recorded at the head of the chain, and told to those who count.
 * <p>
 * Internal except for {@link CommandActivity}, {@link RedisActivity}, {@link SlowCall}
 * and {@link SlowCalls}: may change without notice.
 */
@NullMarked
package io.github.hotplate.activity;

import org.jspecify.annotations.NullMarked;
