package io.github.hotplate.subscription;

import java.time.Duration;

/**
 * How the subscriptions of a client are doing. Immutable.
 *
 * @param subscriptions how many there are
 * @param connections how many connections they hold
 * @param longestSilence how long the quietest of the nodes that they listen to has said
 * nothing, not even in answer to a heartbeat; zero without subscriptions
 * @param oldest how long the oldest of them has existed; zero without subscriptions
 * @param resubscriptions how often the client has subscribed again since it was created
 * @since 0.1.0
 */
public record SubscriptionUsage(int subscriptions, int connections, Duration longestSilence, Duration oldest,
		long resubscriptions) {

}
