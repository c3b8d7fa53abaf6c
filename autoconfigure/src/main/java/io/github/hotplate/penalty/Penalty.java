package io.github.hotplate.penalty;

import java.time.Duration;

import redis.clients.jedis.HostAndPort;

/**
 * A node in the penalty box, at one moment.
 *
 * @param node the node
 * @param duration how long it waits between two probes, without jitter
 * @param remaining time until its next probe, with jitter; zero while it is probed
 * @param lasting how long it has been ejected
 * @since 0.1.0
 */
public record Penalty(HostAndPort node, Duration duration, Duration remaining, Duration lasting) {

}
