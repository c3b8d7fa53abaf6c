/**
 * Ejects nodes that do not answer, probes them, and releases the callers that wait for
 * them.
 * <p>
 * Internal except for {@link Ejection}: may change without notice.
 */
@NullMarked
package io.github.hotplate.health;

import org.jspecify.annotations.NullMarked;
