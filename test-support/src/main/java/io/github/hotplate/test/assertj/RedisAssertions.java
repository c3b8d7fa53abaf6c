package io.github.hotplate.test.assertj;

import io.github.hotplate.activity.RedisActivity;

/**
 * The entry to assertions on what code does to Redis, to be imported statically.
 *
 * <pre class="code">
 * assertThatRedis(RedisActivity.record(() -&gt; carts.show(42))).sentAtMost(5, "GET");
 * </pre>
 *
 * @since 0.1.0
 */
public final class RedisAssertions {

	private RedisAssertions() {
	}

	/**
	 * Begin an assertion.
	 * @param activity what some code did to Redis
	 * @return the assertion
	 */
	public static RedisActivityAssert assertThatRedis(RedisActivity activity) {
		return new RedisActivityAssert(activity);
	}

}
