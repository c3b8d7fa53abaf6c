/**
 * Which node serves which slots, how that is learned, and how it is kept current.
 * <p>
 * Internal except for {@link Topology}, {@link TopologyStatus}, {@link RefreshReason},
 * {@link Node}, {@link NodeStatus}, {@link Shard} and {@link SlotRange}: may change
 * without notice.
 */
@NullMarked
package io.github.hotplate.topology;

import org.jspecify.annotations.NullMarked;
