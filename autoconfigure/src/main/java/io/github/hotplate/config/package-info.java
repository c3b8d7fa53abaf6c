/**
 * Reads and checks a client's configuration, and explains what is wrong with it.
 * <p>
 * Internal except for {@link ClientConfig}, {@link ClientConfigReader},
 * {@link ClientMode}, {@link ConfigEntry}, {@link Credentials},
 * {@link InvalidClientConfigException}, {@link MetricsConvention},
 * {@link ReadPreference}, {@link RedisUrl} and {@link StartupFailure}: may change without
 * notice.
 */
@NullMarked
package io.github.hotplate.config;

import org.jspecify.annotations.NullMarked;
