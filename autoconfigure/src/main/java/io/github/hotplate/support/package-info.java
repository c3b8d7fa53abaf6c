/**
 * Threads, listeners, counted failures and a log without storms that every room may use.
 * <p>
 * Internal except for {@link MonitoringFailures}: may change without notice.
 */
@NullMarked
package io.github.hotplate.support;

import org.jspecify.annotations.NullMarked;
