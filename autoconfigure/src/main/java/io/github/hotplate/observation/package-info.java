/**
 * Meters, spans and events: their names, and the advice and gauges that record them.
 * <p>
 * Internal except for {@link BaseplateSpanConvention}, {@link CommandSpanConvention},
 * {@link ObservedClient}, {@link ObservedCommand}, {@link OpenTelemetryMeter},
 * {@link OpenTelemetrySpanConvention} and {@link RedisMeter}: may change without notice.
 */
@NullMarked
package io.github.hotplate.observation;

import org.jspecify.annotations.NullMarked;
