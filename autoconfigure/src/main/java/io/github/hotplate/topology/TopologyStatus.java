package io.github.hotplate.topology;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How current a client's topology is, and what has made the client learn it.
 *
 * @param age time since the topology was last learned, {@code null} if it never was
 * @param lastReason why the last refresh was begun, {@code null} before the first one
 * @param lastFailure what the last attempt ended in, {@code null} if it succeeded or none
 * has ended
 * @param failures number of attempts that failed since the start or the last reset
 * @param refreshes number of refreshes since the start or the last reset, by their
 * reason; only reasons that occurred, in the order of {@link RefreshReason}
 * @since 0.1.0
 */
public record TopologyStatus(@Nullable Duration age, @Nullable RefreshReason lastReason, @Nullable String lastFailure,
		long failures, Map<RefreshReason, Long> refreshes) {
}
