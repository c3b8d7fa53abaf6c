/**
 * Chooses the node for a command and sends the command there, one attempt at a time.
 */
@NullMarked
package io.github.hotplate.routing;

import org.jspecify.annotations.NullMarked;
