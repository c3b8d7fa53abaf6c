/**
 * Keeps subscriptions alive: moves them with the topology, and subscribes again.
 * <p>
 * Internal except for {@link SubscriptionUsage}: may change without notice.
 */
@NullMarked
package io.github.hotplate.subscription;

import org.jspecify.annotations.NullMarked;
