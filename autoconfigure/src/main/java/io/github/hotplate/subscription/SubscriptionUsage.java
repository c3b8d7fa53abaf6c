package io.github.hotplate.subscription;

import java.time.Duration;

/**
 * How one subscription is doing. Immutable.
 *
 * @param connections how many connections it holds
 * @param age how long it has existed
 * @param silence how long the quietest of its nodes has said nothing, not even in answer
 * to a heartbeat; a silence of more than some seconds means that messages are lost
 * @param resubscriptions how often a node had to be subscribed to again
 * @since 0.1.0
 */
public record SubscriptionUsage(int connections, Duration age, Duration silence, long resubscriptions) {

}
