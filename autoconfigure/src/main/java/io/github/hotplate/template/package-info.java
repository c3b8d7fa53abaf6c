/**
 * The template that an application injects, and the diagnostics of each request.
 * <p>
 * Internal except for {@link MonitoredRedisTemplate} and {@link RequestDiagnostics}: may
 * change without notice.
 */
@NullMarked
package io.github.hotplate.template;

import org.jspecify.annotations.NullMarked;
