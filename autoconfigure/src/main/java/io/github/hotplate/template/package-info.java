/**
 * The template that an application injects, with one instance per request behind it.
 * <p>
 * Internal except for {@link MonitoredRedisTemplate} and {@link RequestDiagnostics}: may
 * change without notice.
 */
@NullMarked
package io.github.hotplate.template;

import org.jspecify.annotations.NullMarked;
