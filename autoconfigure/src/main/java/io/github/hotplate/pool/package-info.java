/**
 * The connections to each node, within one limit.
 * <p>
 * Internal except for {@link ConnectionCounts}, {@link JedisClientCustomizer},
 * {@link PoolListener} and {@link PoolUsage}: may change without notice.
 */
@NullMarked
package io.github.hotplate.pool;

import org.jspecify.annotations.NullMarked;
