package io.github.hotplate.health;

import java.time.Duration;

/**
 * The state of an ejected node, to which no commands are sent, at one moment.
 *
 * @param lasting how long it has been ejected
 * @param untilProbe how long until the next probe, zero while it is probed
 * @since 0.1.0
 */
public record Ejection(Duration lasting, Duration untilProbe) {

}
