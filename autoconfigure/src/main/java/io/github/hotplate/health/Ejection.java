package io.github.hotplate.health;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The state of an ejected node, to which no commands are sent, at one moment.
 *
 * @param lasting how long it has been ejected
 * @param untilProbe how long until the next probe, zero while it is probed
 * @param cause the failure that had it ejected, {@code null} if that is not known
 * @since 0.1.0
 */
public record Ejection(Duration lasting, Duration untilProbe, @Nullable String cause) {

	static final String SILENT = "It answered neither a command nor a probe in time";

}
