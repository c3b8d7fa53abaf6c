/**
 * Meters, spans and events: their names, and the advice and gauges that record them.
 * <p>
 * Internal except for {@link RedisMeter} and {@link OpenTelemetryMeter}: may change
 * without notice.
 */
@NullMarked
package io.github.hotplate.observation;

import org.jspecify.annotations.NullMarked;
