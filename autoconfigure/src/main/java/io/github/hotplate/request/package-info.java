/**
 * What each request of a servlet application does to Redis.
 * <p>
 * Internal except for {@link RouteStatistics} and {@link RouteUsage}: may change without
 * notice.
 */
@NullMarked
package io.github.hotplate.request;

import org.jspecify.annotations.NullMarked;
