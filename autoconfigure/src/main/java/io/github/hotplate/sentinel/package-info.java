/**
 * Redis Sentinel: where the primary is, which replicas can be read from, and the news of
 * a failover.
 */
@NullMarked
package io.github.hotplate.sentinel;

import org.jspecify.annotations.NullMarked;
