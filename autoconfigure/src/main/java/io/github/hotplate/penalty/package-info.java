/**
 * The penalty box of independent servers, and the placement of keys among them, as in
 * fluster.
 * <p>
 * Internal except for {@link ActiveShards}, {@link ClusterEmptyException},
 * {@link Penalty}, {@link PenaltyBox}, {@link PenaltyEvent} and
 * {@link PenaltyTransition}: may change without notice.
 */
@NullMarked
package io.github.hotplate.penalty;

import org.jspecify.annotations.NullMarked;
