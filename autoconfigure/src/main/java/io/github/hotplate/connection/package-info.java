/**
 * Spring Data Redis connections that hand every command to the client's executor.
 * <p>
 * Internal except for {@link ClusterRedisConnection},
 * {@link MonitoredRedisConnectionFactory} and {@link NamedPipelines}: may change without
 * notice.
 */
@NullMarked
package io.github.hotplate.connection;

import org.jspecify.annotations.NullMarked;
