package io.github.hotplate.health;

import java.time.Duration;

/**
 * How a node is left out to which no commands are sent, since it did not answer; at one
 * moment.
 *
 * @param lasting for how long it has been left out
 * @param untilProbe how long it is until it is asked again, zero while it is asked
 * @since 0.1.0
 */
public record Ejection(Duration lasting, Duration untilProbe) {

}
