/**
 * Which node serves which slots, how that is learned, and how it is kept current.
 * <p>
 * Internal except for {@link Topology}, {@link Node}, {@link Shard}, {@link SlotRange},
 * {@link TopologyStatus} and {@link RefreshReason}: may change without notice.
 */
@NullMarked
package io.github.hotplate.topology;

import org.jspecify.annotations.NullMarked;
