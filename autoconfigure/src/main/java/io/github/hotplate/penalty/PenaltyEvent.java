package io.github.hotplate.penalty;

import java.time.Duration;

import redis.clients.jedis.HostAndPort;

/**
 * Reports that a node entered, stayed in, avoided or left the penalty box. Events are
 * published in the order in which they happened, on the box's own thread.
 *
 * @param client the name of the client
 * @param node the node
 * @param transition what happened
 * @param penalty time until the node is probed, without jitter; zero for a node that is
 * in use
 * @param activeNodes how many nodes are in use afterwards
 * @since 0.1.0
 */
public record PenaltyEvent(String client, HostAndPort node, PenaltyTransition transition, Duration penalty,
		int activeNodes) {

}
