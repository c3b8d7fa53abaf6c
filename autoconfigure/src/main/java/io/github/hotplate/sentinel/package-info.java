/**
 * Asks Sentinels for the primary and its replicas, and listens for failovers.
 * <p>
 * Internal except for {@link SentinelDiscoveryException}: may change without notice.
 */
@NullMarked
package io.github.hotplate.sentinel;

import org.jspecify.annotations.NullMarked;
