/**
 * Selects the node for a command and makes one attempt to send it there.
 * <p>
 * Internal: may change without notice.
 */
@NullMarked
package io.github.hotplate.routing;

import org.jspecify.annotations.NullMarked;
